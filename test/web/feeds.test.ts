import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { createLog } from '@field/kit/log';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseFileName } from '../../src/daily/incoming/file-name.ts';
import { createArrivals } from '../../src/daily/sources/arrived.ts';
import { createIntake } from '../../src/daily/sources/intake.ts';
import { createFeeds, type Feeds } from '../../src/web/feeds/routes.ts';
import { newMetrics } from '../../src/web/metrics.ts';
import { startWeb, type Web } from '../../src/web/server.ts';
import { type Asked, answerOf, ask, open, SECRET, sha256Of, signedHeaders } from './feeds-client.ts';

const NAME = 'review_20260503_001.csv';
const MOST_BYTES = 200_000;
const OTHER = Buffer.alloc(32, 6);

let dir = '';
let web: Web;
let feeds: Feeds;
let wakes = 0;
let machine = Date.now();
let logged: string[] = [];
const broken: unknown[] = [];

beforeEach(async () => {
  dir = join(mkdtempSync(join(tmpdir(), 'feeds-')), 'incoming');
  [wakes, machine, logged] = [0, Date.now(), []];
  broken.length = 0;
  await start();
});
afterEach(async () => {
  await web.close();
  rmSync(dirname(dir), { recursive: true, force: true });
  expect(broken).toEqual([]);
});

async function start(): Promise<void> {
  feeds = createFeeds({
    secrets: [
      { name: 'reviewers', secret: SECRET },
      { name: 'reviewers-next', secret: OTHER },
    ],
    isFileName: (name) => parseFileName(name) !== undefined,
    intake: createIntake({ dir, isBeingLanded: () => false, arrivals: arrivals(), mostBytes: MOST_BYTES }),
    taken: () => {
      wakes += 1;
    },
    machine: () => machine,
    log: createLog({ level: 'info', to: { write: (line) => void logged.push(line) } }),
    longestPauseMs: 200,
  });
  web = await startWeb({
    port: 0,
    host: '127.0.0.1',
    health: {},
    metrics: newMetrics(),
    pages: [feeds.router],
    onError: (error) => broken.push(error),
  });
}

const put = (body: string | Buffer, more: Partial<Asked> = {}) => ask(web.port, { path: NAME, body, ...more });
const get = (path = NAME, more: Partial<Asked> = {}) => ask(web.port, { method: 'GET', path, ...more });
const names = (): string[] => (existsSync(dir) ? readdirSync(dir) : []).sort();
const arrivals = () => createArrivals(join(dirname(dir), 'arrived'));

/** As the landing does. */
function putAway(where: 'done' | 'quarantine', as = 'review_20260503_001'): void {
  mkdirSync(join(dir, where), { recursive: true });
  writeFileSync(join(dir, where, `${as}.result.csv`), 'line,sourceRowKey,outcome,reason\r\n2,1,applied,\r\n');
  renameSync(join(dir, NAME), join(dir, where, `${as}.csv`));
}

describe('an upload', () => {
  it('is a file that waits, whole, and wakes the landing', async () => {
    const { status, body } = await put('a,b\r\n1,2\r\n');
    expect(status).toBe(201);
    expect(JSON.parse(body)).toEqual({
      name: NAME,
      state: 'waiting',
      bytes: 10,
      sha256: sha256Of('a,b\r\n1,2\r\n'),
    });
    expect([names(), (await arrivals().of(NAME))?.by]).toEqual([[NAME], 'https']);
    expect(readFileSync(join(dir, NAME), 'utf8')).toBe('a,b\r\n1,2\r\n');
    expect(wakes).toBe(1);
  });

  it('by any of the secrets that hold', async () => {
    expect((await put('a', { secret: OTHER, key: 'reviewers-next' })).status).toBe(201);
  });

  it('of nothing is taken too: the landing says what is wrong with it', async () => {
    expect((await put('')).status).toBe(201);
    expect(names()).toEqual([NAME]);
  });

  it('that is repeated changes nothing, wherever the file is by then', async () => {
    const time = Math.floor(machine / 1_000);
    await put('a', { time });
    expect(await put('a', { time })).toMatchObject({ status: 200, body: expect.stringContaining('"waiting"') });
    expect((await put('a', { time: time + 1 })).status).toBe(200);
    putAway('done');
    expect(await put('a', { time })).toMatchObject({ status: 200, body: expect.stringContaining('"done"') });
    expect((await put('a', { time: time + 2 })).status).toBe(200);
    expect(names()).toEqual(['done']);
    expect(wakes).toBe(1);
  });

  it('that was quarantined is taken again when it is signed anew, not when it is replayed', async () => {
    const time = Math.floor(machine / 1_000);
    await put('a', { time });
    putAway('quarantine');
    expect(await put('a', { time })).toMatchObject({ status: 200, body: expect.stringContaining('"quarantined"') });
    expect(names()).toEqual(['quarantine']);
    expect((await put('a', { time: time + 1 })).status).toBe(201);
    expect(names()).toEqual(['quarantine', NAME]);
  });

  it('of another content waits for the first to land', async () => {
    await put('first');
    const { status, body, headers } = await put('second');
    expect({ status, body: JSON.parse(body) }).toMatchObject({ status: 409, body: { error: 'feed.otherWaits' } });
    expect(headers['retry-after']).toBe('60');
    expect(readFileSync(join(dir, NAME), 'utf8')).toBe('first');
    putAway('done');
    expect((await put('second')).status).toBe(201);
  });

  it('overwrites what a process that was killed has left of it', async () => {
    mkdirSync(dir);
    writeFileSync(join(dir, `${NAME}.part`), 'half a file of another day, and longer');
    expect((await put('whole')).status).toBe(201);
    expect(names()).toEqual([NAME]);
    expect(readFileSync(join(dir, NAME), 'utf8')).toBe('whole');
  });

  it('of two at once one is taken, the other told to come again', async () => {
    const first = open(web.port, { path: NAME, body: 'slow' });
    const answer = answerOf(first);
    first.write('sl');
    await expect.poll(names).toEqual([`${NAME}.part`]);
    expect(await put('fast')).toMatchObject({ status: 409, body: expect.stringContaining('feed.busy') });
    first.end('ow');
    expect((await answer).status).toBe(201);
    expect(readFileSync(join(dir, NAME), 'utf8')).toBe('slow');
  });
});

describe('an upload that is not what it says', () => {
  it('in its body leaves nothing', async () => {
    const { status, body } = await put('another body', { sha256: sha256Of('a body') });
    expect({ status, error: JSON.parse(body).error }).toEqual({ status: 400, error: 'feed.notItsHash' });
    expect(names()).toEqual([]);
    expect(wakes).toBe(0);
  });

  it('in its length is cut off with nothing left of it, and can be repeated', async () => {
    const call = open(web.port, { path: NAME, body: 'a whole body' }, { 'content-length': '12' });
    call.on('error', () => undefined);
    call.write('a who');
    await expect.poll(names).toEqual([`${NAME}.part`]);
    call.destroy();
    await expect.poll(names).toEqual([]);
    expect((await put('a whole body')).status).toBe(201);
  });

  it.each([
    '',
    '.csv',
    'review_20260532.csv',
    'review_20260503.csv.part',
    'review_20260503.result.csv',
    '..%2Freview_20260503.csv',
    '%2e%2e%2freview_20260503.csv',
    'review_20260503.csv%00',
    'review_2026050%EF%BC%93.csv',
    'r%C3%A9view_20260503.csv',
    'review_20260503.csv%2F..%2Fx',
    '%zz',
  ])('in its name %j is refused, whoever signs it', async (path) => {
    const signed = decoded(path);
    const headers = signedHeaders({ path: signed, body: 'a' });
    const { status, body } = await ask(web.port, { path, body: 'a', headers });
    if (path === '') expect(status).toBe(404);
    else expect({ status, body }).toEqual({ status: 400, body: expect.stringContaining('<kind>_<YYYYMMDD>') });
    expect(names()).toEqual([]);
    expect(readdirSync(join(dir, '..'))).not.toContain('review_20260503.csv');
  });

  it.each(['../review_20260503.csv', 'done/review_20260503.csv', `${NAME}/../x.csv`])(
    'and the path %j is none',
    async (path) => {
      expect((await ask(web.port, { path, body: 'a' })).status).toBe(404);
    },
  );
});

describe('whoever proves nothing', () => {
  it.each<[string, Partial<Asked> | ((now: number) => Partial<Asked>)]>([
    ['another secret', { secret: Buffer.alloc(32, 9) }],
    ['a key of no name', { key: 'nobody' }],
    ['the key of another secret', { key: 'reviewers-next' }],
    ['a time long past', (now) => ({ time: now - 301 })],
    ['a time far ahead', (now) => ({ time: now + 301 })],
    ['a time that is none', () => ({ headers: { 'x-feed-time': 'now' } })],
    ['another time than was signed', (now) => ({ headers: { 'x-feed-time': String(now - 1) } })],
    ['another hash than was signed', { headers: { 'x-feed-sha256': sha256Of('b') } }],
    ['a signature for reading', { headers: signedHeaders({ method: 'GET', path: NAME, body: 'a' }) }],
    ['a signature for another name', { headers: signedHeaders({ path: 'review_20260503_002.csv', body: 'a' }) }],
    ['a short signature', { headers: { 'x-feed-signature': 'ab' } }],
    ['no signature', { headers: { 'x-feed-signature': '' } }],
  ])('by %s reads no more than that', async (_, more) => {
    const { status, body } = await put('a', typeof more === 'function' ? more(Math.floor(machine / 1_000)) : more);
    expect({ status, body: JSON.parse(body) }).toEqual({
      status: 401,
      body: { error: 'feed.unproved', message: 'The signature, its time or the name of its key is not right.' },
    });
    expect(names()).toEqual([]);
  });

  it('learns nothing of names, states and results', async () => {
    await put('a');
    const secret = Buffer.alloc(32, 9);
    const answers = [
      await get(NAME, { secret }),
      await get('review_20260503_777.csv', { secret }),
      await get('no-name', { secret }),
      await get(`${NAME}/result`, { secret }),
    ];
    expect(new Set(answers.map(({ status, body }) => `${status} ${body}`)).size).toBe(1);
  });

  it('fills no log', async () => {
    for (let n = 0; n < 5; n += 1) await put('a', { key: 'nobody' });
    const told = () => logged.filter((line) => line.includes('feed.refused'));
    expect(told()).toHaveLength(1);
    machine += 60_000;
    await put('a', { key: 'nobody' });
    expect(told()).toHaveLength(2);
    expect(told()[1]).toContain('"times":5');
  });

  it('who replays an upload after its time is refused like everybody', async () => {
    const time = Math.floor(machine / 1_000);
    await put('a', { time });
    putAway('done');
    machine += 301_000;
    expect((await put('a', { time })).status).toBe(401);
    expect(names()).toEqual(['done']);
  });

  it('who replays an upload that an operator took away brings it back to nobody', async () => {
    const time = Math.floor(machine / 1_000);
    await put('a', { time });
    rmSync(join(dir, NAME));
    expect(await put('a', { time })).toMatchObject({ status: 409, body: expect.stringContaining('feed.replayed') });
    expect(names()).toEqual([]);
  });

  it('has no byte of a body read, and hears so before sending it', async () => {
    const call = open(web.port, { path: NAME, secret: Buffer.alloc(32, 9) }, { expect: '100-continue' });
    let continued = false;
    call.on('continue', () => {
      continued = true;
    });
    const answer = answerOf(call);
    call.flushHeaders();
    expect((await answer).status).toBe(401);
    expect(continued).toBe(false);
  });
});

describe('a large upload', () => {
  it('that asks first is told to go on, and comes whole', async () => {
    const body = Buffer.alloc(MOST_BYTES, 'x');
    const call = open(web.port, { path: NAME, body }, { expect: '100-continue', 'content-length': `${body.length}` });
    const answer = answerOf(call);
    call.flushHeaders();
    await once(call, 'continue');
    call.end(body);
    expect((await answer).status).toBe(201);
  });

  it('than a file may be is refused by what it says', async () => {
    const answer = await put(Buffer.alloc(MOST_BYTES + 1, 'x'));
    expect(answer).toMatchObject({ status: 413, body: expect.stringContaining('512 MB') });
    expect(names()).toEqual([]);
  });

  it('than a file may be, which does not say so, is refused when it is', async () => {
    const body = Buffer.alloc(MOST_BYTES + 1, 'x');
    const call = open(web.port, { path: NAME, body }, { 'transfer-encoding': 'chunked' });
    const answer = answerOf(call);
    call.end(body);
    expect((await answer).status).toBe(413);
    expect(names()).toEqual([]);
  });
});

it.runIf(existsSync('/dev/full'))(
  'without room on the disk it is told to come later, and nothing is left',
  async () => {
    mkdirSync(dir);
    symlinkSync('/dev/full', join(dir, `${NAME}.part`));
    const { status, body, headers } = await put('a');
    expect({ status, error: JSON.parse(body).error }).toEqual({ status: 507, error: 'feed.full' });
    expect(headers['retry-after']).toBe('600');
    expect(names()).toEqual([]);
    expect((await put('a')).status).toBe(201);
  },
);

it('who sends no more for too long is told so, and has blocked the name no longer', async () => {
  const call = open(web.port, { path: NAME, body: 'a slow body' }, { 'content-length': '11' });
  const answer = answerOf(call);
  call.write('a ');
  expect(await answer).toMatchObject({ status: 408, headers: { connection: 'close' } });
  expect(names()).toEqual([]);
  expect((await put('a slow body')).status).toBe(201);
});

it('the end of the bot ends what is coming in, with nothing left of it', async () => {
  const call = open(web.port, { path: NAME, body: 'a slow body' }, { 'content-length': '11' });
  call.on('error', () => undefined);
  call.write('a ');
  await expect.poll(names).toEqual([`${NAME}.part`]);
  feeds.close();
  await expect.poll(names).toEqual([]);
});

describe('who asks for a file', () => {
  it('reads where it is, and what became of it', async () => {
    expect(await get()).toMatchObject({ status: 404, body: JSON.stringify({ name: NAME, state: 'unknown' }) });
    expect((await get(`${NAME}/result`)).status).toBe(404);
    await put('a');
    expect(JSON.parse((await get()).body)).toMatchObject({ state: 'waiting' });
    expect((await get(`${NAME}/result`)).status).toBe(404);
    putAway('done');
    expect(JSON.parse((await get()).body)).toEqual({ name: NAME, state: 'done', bytes: 1, sha256: sha256Of('a') });
    const result = await get(`${NAME}/result`);
    expect(result).toMatchObject({ status: 200, headers: { 'content-type': 'text/csv; charset=utf-8' } });
    expect(result.body).toContain('2,1,applied,');
  });

  it('reads of the latest of its name, also after a start', async () => {
    await put('first');
    putAway('done');
    await put('second');
    putAway('done', 'review_20260503_001.2');
    await web.close();
    await start();
    expect(JSON.parse((await get()).body)).toMatchObject({ state: 'done', sha256: sha256Of('second') });
    expect((await put('first')).status).toBe(200);
    expect(names()).toEqual(['done']);
  });
});

it('without a secret there is nothing at that address', async () => {
  await web.close();
  web = await startWeb({ port: 0, host: '127.0.0.1', health: {}, metrics: newMetrics(), onError: () => undefined });
  expect((await put('a')).status).toBe(404);
});

it('whoever asks before sending to another page is told to go on', async () => {
  const socket = connect(web.port, '127.0.0.1');
  const said = text(socket);
  socket.end(
    'GET /readyz HTTP/1.1\r\nHost: 127.0.0.1\r\nExpect: 100-continue\r\nContent-Length: 0\r\nConnection: close\r\n\r\n',
  );
  expect(await said).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK/);
});

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
