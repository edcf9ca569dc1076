import { AppError } from '@field/kit/errors';
import { systemIds } from '@field/kit/ids';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { translator } from '../../cards/text.ts';
import { forgetEverything } from '../../models/database.ts';
import { markApplied, nextRecorded } from '../../models/inbox.ts';
import { changePerson, meetPerson, type PersonChange } from '../../models/people.ts';
import { inTransaction } from '../../models/transaction.ts';
import { entryRoutes } from '../../src/web/entries/routes.ts';
import { createSignIn } from '../../src/web/entries/sign-in.ts';
import { newMetrics } from '../../src/web/metrics.ts';
import { staticFile } from '../../src/web/pages/static-file.ts';
import { createVisitLimits } from '../../src/web/pages/visit-limits.ts';
import { startWeb, type Web } from '../../src/web/server.ts';
import { errorsOf } from '../dingtalk/documented-refusals.ts';
import { useModels } from '../models/store.ts';
import { MovableMachine } from './movable-machine.ts';

useModels(undefined);

const TASKS = '/go/tasks?corpId=dingcorp';
const SCRIPT = 'console.log("the page");';

let web: Web;
const clock = new MovableMachine();
const recorded: string[] = [];
/** What DingTalk says of codes, and which it was asked for. */
const dingTalk = { codes: new Map<string, string | AppError>(), asked: [] as string[] };

beforeAll(async () => {
  web = await startWeb({
    port: 0,
    host: '127.0.0.1',
    metrics: newMetrics(),
    health: {},
    onError: () => undefined,
    pages: [
      entryRoutes({
        clock,
        clientId: 'app-1',
        script: staticFile('open.js', 'text/javascript; charset=utf-8', SCRIPT),
        signIn: createSignIn({
          clock,
          ids: systemIds,
          clientId: 'app-1',
          address: 'https://field.example',
          platform: {
            async userByCode(code) {
              dingTalk.asked.push(code);
              const answer = dingTalk.codes.get(code);
              dingTalk.codes.delete(code);
              if (answer instanceof AppError) throw answer;
              return answer;
            },
          },
        }),
        recorded: (lane) => recorded.push(lane),
      }),
    ],
  });
});
afterAll(() => web.close());
beforeEach(async () => {
  await forgetEverything();
  dingTalk.codes.clear();
  dingTalk.asked.length = 0;
  recorded.length = 0;
});

async function meet(userId: string, change: PersonChange = { state: 'ACTIVE', isoId: 'lotus' }): Promise<void> {
  await inTransaction(async (tx) => {
    await meetPerson(userId, userId, tx);
    await changePerson(userId, change, tx);
  });
}

/** Everything that was recorded for somebody, in order. */
async function taps(userId: string): Promise<unknown[]> {
  const found: unknown[] = [];
  await inTransaction(async (tx) => {
    for (let next = await nextRecorded(userId, tx); next !== undefined; next = await nextRecorded(userId, tx)) {
      found.push(next.update);
      await markApplied(next.id, tx);
    }
  });
  return found;
}

/** A phone with a memory for cookies. */
function phone(language = 'en', from = '10.2.0.1') {
  let cookie = '';
  const ask = async (path: string, init: RequestInit = {}) => {
    const headers = { 'x-forwarded-for': from, 'accept-language': language, cookie, ...(init.headers as object) };
    const answer = await fetch(`http://127.0.0.1:${web.port}${path}`, { ...init, headers });
    const set = answer.headers.get('set-cookie') ?? undefined;
    cookie = set?.split(';')[0] ?? cookie;
    const text = await answer.text();
    return { status: answer.status, text, headers: answer.headers, set };
  };
  return {
    ask,
    withCookie: (value: string) => {
      cookie = value;
    },
    cookie: () => cookie,
    /** Opens the page and says what its script would; `nonce` as of an earlier page. */
    async taps(path: string, { code, nonce }: { code?: string; nonce?: string } = {}) {
      const page = await ask(path);
      const tap = { nonce: nonce ?? nonceIn(page.text), code };
      const sent = await ask(path, post(tap));
      return { ...sent, nonce: tap.nonce, signedIn: page.text.includes('data-signed-in="true"') };
    },
  };
}

function post(body: unknown, type = 'application/json'): RequestInit {
  return { method: 'POST', headers: { 'content-type': type }, body: JSON.stringify(body) };
}

function nonceIn(page: string): string {
  return /data-nonce="([^"]+)"/.exec(page)?.[1] ?? '';
}

describe('the page of an entry', () => {
  it('runs one script of ours, which may ask us alone, and sends no address elsewhere', async () => {
    const { headers, text } = await phone().ask(TASKS);
    expect(headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'sha256-[^']+'; font-src 'self'; script-src 'self'; connect-src 'self'; form-action 'none'; base-uri 'none'$/,
    );
    expect([headers.get('cache-control'), headers.get('x-frame-options')]).toEqual(['no-store', null]);
    expect(text.match(/<script[^>]*>/g)).toEqual([expect.stringMatching(/^<script src="open-[\w-]{22}\.js" defer>$/)]);
    const script = await phone().ask(`/go/${/open-[\w-]+\.js/.exec(text)?.[0]}`);
    expect([script.status, script.text, script.headers.get('cache-control')]).toEqual([
      200,
      SCRIPT,
      'public, max-age=31536000, immutable',
    ]);
  });

  it.each([
    ['en', 'Tasks'],
    ['th', 'งานตรวจ'],
    ['zh-CN', '核验任务'],
  ])('speaks the language of the phone: %s', async (language, title) => {
    const { text } = await phone(language).ask(TASKS);
    expect(text).toContain(`<html lang="${language}">`);
    expect(text).toContain(`<h1>${title}</h1>`);
  });

  it.each([
    '/go/tasks',
    '/go/tasks?corpId=',
    '/go/tasks?corpId=a%22b',
    '/go/nothing?corpId=dingcorp',
    '/go/constructor?corpId=d',
  ])('is not there for %s', async (path) => {
    expect((await phone().ask(path)).status).toBe(404);
    expect((await phone().ask('/go/nothing', post({ nonce: 'x' }))).status).toBe(404);
  });
});

describe('a tap', () => {
  it('is recorded in the lane of whoever tapped, and the second one asks DingTalk nothing', async () => {
    await meet('nok', { state: 'ACTIVE', isoId: 'lotus', language: 'th' });
    dingTalk.codes.set('c1', 'nok');
    const nok = phone();
    const first = await nok.taps(TASKS, { code: 'c1' });
    expect([first.status, JSON.parse(first.text), first.signedIn]).toEqual([200, { outcome: 'moved' }, false]);
    expect(first.set).toMatch(/^go=[\w.-]+; Path=\/go; Max-Age=43200; HttpOnly; SameSite=None; Secure$/);
    clock.go(1);
    const second = await nok.taps('/go/language?corpId=dingcorp');
    expect([second.status, second.signedIn, second.set]).toEqual([200, true, undefined]);
    expect((await nok.ask(TASKS)).text).toContain('<html lang="th">');
    expect(dingTalk.asked).toEqual(['c1']);
    expect(recorded).toEqual(['nok', 'nok']);
    expect(await taps('nok')).toMatchObject([
      { type: 'quickEntry.tapped', facts: { entry: 'tasks' } },
      { facts: { entry: 'language' } },
    ]);
  });

  it('sent twice is one, and each page is one of its own', async () => {
    await meet('nok');
    dingTalk.codes.set('c1', 'nok');
    const nok = phone();
    const { nonce } = await nok.taps(TASKS, { code: 'c1' });
    expect((await nok.taps(TASKS, { nonce })).status).toBe(200);
    expect(await taps('nok')).toHaveLength(1);
    expect((await nok.taps(TASKS, { nonce })).status).toBe(200);
    expect(await taps('nok')).toHaveLength(0);
    await nok.taps(TASKS);
    expect(await taps('nok')).toHaveLength(1);
  });

  it('of two people with one page is each one’s own', async () => {
    await meet('nok');
    await meet('lek');
    dingTalk.codes.set('c1', 'nok').set('c2', 'lek');
    const { nonce } = await phone().taps(TASKS, { code: 'c1' });
    await phone().taps(TASKS, { code: 'c2', nonce });
    expect([(await taps('nok')).length, (await taps('lek')).length]).toEqual([1, 1]);
  });

  it('with a code is of whoever has the code, whoever was signed in', async () => {
    await meet('nok');
    await meet('lek');
    dingTalk.codes.set('c1', 'nok').set('c2', 'lek');
    const shared = phone();
    await shared.taps(TASKS, { code: 'c1' });
    await shared.taps(TASKS, { code: 'c2' });
    await shared.taps(TASKS);
    expect([(await taps('nok')).length, (await taps('lek')).length]).toEqual([1, 2]);
  });
});

describe('whoever cannot be served reads why', () => {
  const said = async (path: string, options: Parameters<ReturnType<typeof phone>['taps']>[1], language = 'en') => {
    const { status, text } = await phone(language).taps(path, options);
    return { status, ...(JSON.parse(text) as { outcome: string; text: string }) };
  };

  it.each([
    ['nobody is signed in and there is no code', {}, 401, 'whoAreYou'],
    ['the code is used up, or of another organisation', { code: 'unknown' }, 401, 'whoAreYou'],
    ['the page is not ours', { code: 'c1', nonce: 'made.up.nonce' }, 403, 'refused'],
    ['they never wrote to the bot', { code: 'c1' }, 403, 'refused'],
  ])('%s', async (_, options, status, outcome) => {
    dingTalk.codes.set('c1', 'nobody');
    expect(await said(TASKS, options)).toMatchObject({ status, outcome, text: expect.stringMatching(/\w+.*\.$/) });
    expect(recorded).toEqual([]);
  });

  it('paused, in their own language, with the admin’s name', async () => {
    await meet('som', { state: 'ACTIVE', role: 'ADMIN', isoId: 'lotus', name: 'Som Jai' });
    await meet('nok', { state: 'SUSPENDED', isoId: 'lotus', language: 'th' });
    await meet('lek', { state: 'SUSPENDED' });
    dingTalk.codes.set('c1', 'nok').set('c2', 'lek');
    expect(await said(TASKS, { code: 'c1' })).toEqual({
      status: 403,
      outcome: 'refused',
      text: translator('th')('notice.suspended.named', { name: 'Som Jai' }),
    });
    expect(await said(TASKS, { code: 'c2' }, 'zh-CN')).toMatchObject({ text: translator('zh-CN')('notice.suspended') });
    expect(recorded).toEqual([]);
  });

  it.each(errorsOf('userByCode'))('DingTalk refuses, %s: it may be tried again, and works then', async (code) => {
    dingTalk.codes.set('c1', new AppError(code));
    expect(await said(TASKS, { code: 'c1' })).toMatchObject({ status: 503, outcome: 'later' });
    await meet('nok');
    dingTalk.codes.set('c1', 'nok');
    expect(await said(TASKS, { code: 'c1' })).toMatchObject({ status: 200, outcome: 'moved' });
  });

  it('a mistake of ours is none of theirs', async () => {
    dingTalk.codes.set('c1', new AppError('bug.unexpected'));
    expect(
      (
        await phone()
          .taps(TASKS, { code: 'c1' })
          .catch(() => ({ status: 500 }))
      ).status,
    ).toBe(500);
  });
});

describe('who is signed in', () => {
  const signedIn = async () => {
    await meet('nok');
    dingTalk.codes.set('c1', 'nok');
    const nok = phone();
    await nok.taps(TASKS, { code: 'c1' });
    await taps('nok');
    return nok;
  };

  it('is asked of DingTalk again after a working day, and a page is too old after an hour', async () => {
    const nok = await signedIn();
    clock.go(3_600_000);
    const { nonce, status } = await nok.taps(TASKS);
    expect(status).toBe(200);
    clock.go(3_600_001);
    expect(JSON.parse((await nok.taps(TASKS, { nonce })).text)).toMatchObject({ outcome: 'refused' });
    clock.go(11 * 3_600_000);
    const late = await nok.taps(TASKS);
    expect([late.status, late.signedIn]).toEqual([401, false]);
  });

  it.each([
    ['another name', (cookie: string) => cookie.replace(/=[^.]+/, `=${Buffer.from('lek').toString('base64url')}`)],
    ['another time', (cookie: string) => cookie.replace(/\.\w+\./, '.zzzzzzzz.')],
    ['another signature', (cookie: string) => `${cookie.slice(0, -2)}xx`],
    ['no signature', (cookie: string) => cookie.replace(/\.[^.]+$/, '')],
    ['nothing', () => 'go='],
    ['noise', () => 'go=..; go=%00.%00.%00'],
  ])('cannot be forged by %s', async (_, forge) => {
    await meet('lek');
    const nok = await signedIn();
    nok.withCookie(forge(nok.cookie()));
    expect((await nok.taps(TASKS)).status).toBe(401);
    expect([(await taps('nok')).length, (await taps('lek')).length]).toEqual([0, 0]);
  });

  it('does nothing by a form or a text that another page may send', async () => {
    const nok = await signedIn();
    const { text } = await nok.ask(TASKS);
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data']) {
      expect((await nok.ask(TASKS, post({ nonce: nonceIn(text) }, type))).status).toBe(403);
    }
    for (const body of [
      [],
      'x',
      null,
      {},
      { nonce: 7 },
      { nonce: nonceIn(text), code: '' },
      { nonce: 'n'.repeat(9_000) },
    ]) {
      expect((await nok.ask(TASKS, post(body))).status).toBe(403);
    }
    expect(await taps('nok')).toEqual([]);
  });
});

it('a flood is turned away, with a time to come back', async () => {
  // counted by another process of the bot
  const elsewhere = createVisitLimits(() => clock.machine());
  await Promise.all(Array.from({ length: 1_200 }, () => elsewhere.visit('entry', '10.2.0.99')));
  const flood = phone('en', '10.2.0.99');
  const refused = await flood.ask(TASKS);
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(JSON.parse((await flood.ask(TASKS, post({ nonce: 'x' }))).text)).toMatchObject({ outcome: 'later' });
  expect((await phone('en', '10.2.0.100').ask(TASKS)).status).toBe(200);
});
