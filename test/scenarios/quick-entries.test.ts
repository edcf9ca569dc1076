import { beforeAll, describe, expect, it } from 'vitest';
import { operatorCommand } from '../support/world/operator-command.ts';
import { sharedWorld } from '../support/world/shared-world.ts';

const { world, nok, lek } = sharedWorld({ joined: ['staff1'] });

const CREATE = 'POST /v1.0/card/instances/createAndDeliver';
const UPDATE = 'PUT /v1.0/card/instances';
const WHO = 'POST /topapi/v2/user/getuserinfo';

beforeAll(async () => {
  const env = {
    DINGTALK_CLIENT_ID: '',
    SANDBOX_PORT: new URL(world.sandbox.url).port,
    PORT: new URL(world.botUrl).port,
  };
  const set = await operatorCommand({ dataDir: world.dataDir, env }, 'quick-entries', 'set', '--corp-id', 'demo-corp');
  expect([set.code, set.problem]).toEqual([0, '']);
});

/** The page behind an entry, opened on somebody's phone: what its script says, with what DingTalk's client gives it. */
class EntryPage {
  readonly #userId: string;
  #cookie = '';

  constructor(userId: string) {
    this.#userId = userId;
  }

  async taps(
    entry: string,
    nonce?: string,
  ): Promise<{ status: number; outcome: string; text?: string; nonce: string }> {
    const url = `${world.botUrl}/go/${entry}?corpId=demo-corp`;
    const page = await (await fetch(url, { headers: { cookie: this.#cookie } })).text();
    const isKnown = page.includes('data-signed-in="true"');
    const tap = {
      nonce: nonce ?? /data-nonce="([^"]+)"/.exec(page)?.[1] ?? '',
      code: isKnown ? undefined : await this.#code(),
    };
    const headers = { cookie: this.#cookie, 'content-type': 'application/json' };
    const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(tap) });
    this.#cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? this.#cookie;
    return {
      status: answer.status,
      nonce: tap.nonce,
      ...((await answer.json()) as { outcome: string; text?: string }),
    };
  }

  async #code(): Promise<string> {
    const asked = { corpId: 'demo-corp' };
    return (await world.sandbox.post<{ code: string }>(`/users/${this.#userId}/auth-codes`, asked)).code;
  }
}

/** What DingTalk was asked, and pushed, while this was done. */
async function costOf(work: () => Promise<unknown>): Promise<{ calls: Record<string, number>; pushes: number }> {
  await world.idle();
  const before = await world.stats();
  await work();
  await world.idle();
  const after = await world.stats();
  const calls = Object.entries(after.apiCalls.byPath).map(([path, count]) => [
    path,
    count - (before.apiCalls.byPath[path] ?? 0),
  ]);
  const pushes = ({ messages, taps, events }: typeof after.pushes): number => messages + taps + events;
  return {
    calls: Object.fromEntries(calls.filter(([, count]) => count !== 0)) as Record<string, number>,
    pushes: pushes(after.pushes) - pushes(before.pushes),
  };
}

const page = new EntryPage('staff1');

describe('the navigation at the bottom of the chat', () => {
  it('brings the tasks below, and folds what stood above', async () => {
    await nok.says('menu');
    expect(await costOf(() => page.taps('tasks'))).toEqual({
      calls: { [WHO]: 1, [CREATE]: 1, [UPDATE]: 1 },
      pushes: 0,
    });
    await nok.sees('Spot Inspection', 'No tasks.');
    const [last, above] = (await nok.cards()).toReversed();
    expect([last?.title, above?.text.includes('Continued below.')]).toEqual(['Spot Inspection', true]);
  });

  it('costs nothing the next time but the card’s own way below', async () => {
    for (const entry of ['results', 'language', 'products']) {
      expect(await costOf(() => page.taps(entry))).toEqual({ calls: { [CREATE]: 1, [UPDATE]: 1 }, pushes: 0 });
    }
    const titles = (await nok.cards()).map(({ title }) => title);
    expect(titles.at(-1)).toMatch(/^Hi /);
  });

  it('opens the results, and the languages, as the menu does', async () => {
    await page.taps('results');
    await nok.sees('My results · 7 days');
    await page.taps('language');
    await nok.sees('Language · 语言');
    await nok.taps('ไทย');
    await nok.sees('สวัสดี');
    await page.taps('language');
    await nok.sees('Language · 语言');
    await nok.taps('English');
    await nok.sees('Hi ');
  });

  it('said twice by one page moves the card once', async () => {
    const cost = await costOf(async () => {
      const { nonce } = await page.taps('tasks');
      await page.taps('tasks', nonce);
    });
    expect(cost.calls).toEqual({ [CREATE]: 1, [UPDATE]: 1 });
  });

  it('tapped twice in a hurry moves it once while it is on its way', async () => {
    await page.taps('products');
    await world.idle();
    await world.fault({ kind: 'qps', path: '/v1.0/card/instances/createAndDeliver', times: 1 });
    const cost = await costOf(async () => {
      await page.taps('results');
      await page.taps('results');
    });
    expect(cost.calls[CREATE]).toBe(1);
  });

  it('leaves a form with what stands in it, as the word menu does', async () => {
    await nok.says('menu');
    await nok.taps({ action: 'menu.product' });
    await nok.taps({ action: 'promotion.start' });
    await page.taps('products');
    await nok.sees('Hi ', 'Resume new shop');
  });

  it('survives a crash of the bot: what was told is done by the next one', async () => {
    await page.taps('tasks');
    await world.restartBot();
    await nok.sees('Spot Inspection');
    expect((await page.taps('products')).status).toBe(200);
    await nok.sees('Hi ');
  });
});

describe('whoever has no menu', () => {
  const lekPage = new EntryPage('staff2');

  it('and never wrote to the bot is asked to say hi', async () => {
    expect(await lekPage.taps('products')).toMatchObject({ status: 403, text: 'Say hi in the chat first.' });
    expect(await lek.cards()).toEqual([]);
  });

  it('gets their way into an ISO, and may choose a language', async () => {
    await lek.says('hi');
    await lekPage.taps('tasks');
    await lek.sees('Join your ISO');
    await lekPage.taps('language');
    await lek.sees('Language · 语言');
  });

  it('paused, reads so on the page, and no card comes', async () => {
    await world.sandbox.post('/users/staff1/leave', {});
    await world.untilIdle();
    const cost = await costOf(async () => {
      expect(await page.taps('tasks')).toMatchObject({
        status: 403,
        text: expect.stringContaining('Your access is paused. Ask your admin'),
      });
    });
    expect(cost.calls).toEqual({});
  });
});
