import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SAVE_REMEDIES } from '@field/kit/cannot-save';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { join as joinIso, NOK } from '../support/conversations/joining.ts';
import { codeOf } from '../support/conversations/promotion.ts';
import { pictures } from '../support/pictures.ts';
import { freePort } from '../support/world/free-port.ts';
import { outgoingLines } from '../support/world/outgoing-lines.ts';
import type { SeenCard } from '../support/world/person.ts';
import { PartProcess } from '../support/world/process.ts';
import { reach } from '../support/world/reach.ts';
import { sharedWorld } from '../support/world/shared-world.ts';
import { startWorld, type World } from '../support/world/world.ts';

const UNSAVED = 'Cannot save now. Nothing is lost. Try again in a few minutes.';

describe('a store apart, whose process stands still', () => {
  let dataDir: string;
  let store: PartProcess;
  let world: World;
  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'apart-'));
    const port = await freePort();
    store = new PartProcess({
      name: 'The store',
      entry: 'dist/scripts/mongo.js',
      args: ['--port', String(port), '--data', dataDir],
      env: {},
      logFile: join(dataDir, 'store.log'),
      readyWords: 'embedded store on',
    });
    await store.start();
    const uri = `mongodb://127.0.0.1:${port}/app?replicaSet=rs0&directConnection=true`;
    world = await startWorld({ env: { MONGODB_URI: uri } });
    await joinIso(world.person('staff1'), world.person('admin1'), NOK);
  });
  afterAll(async () => {
    store?.signal('SIGCONT');
    await world?.close();
    await store?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('taps are answered in time, messages in their chat, the light is red, and all goes on when it goes on', async () => {
    const nok = world.person('staff1');
    const card = await nok.card();
    const help = card.buttons.find(({ params }) => params.action === 'help.open');
    if (help === undefined) throw new Error('no help');
    const tap = () =>
      world.sandbox.tap(card.outTrackId, { userId: 'staff1', actionId: help.actionId, params: help.params });
    store.signal('SIGSTOP');
    for (const _ of [1, 2, 3]) {
      const { applied, latencyMs, response } = await tap();
      expect([applied, JSON.stringify(response)]).toEqual([true, expect.stringContaining(UNSAVED)]);
      expect(latencyMs).toBeLessThan(2_000);
    }
    await world.sandbox.say('staff1', 'menu');
    await expect.poll(() => saidIn(world, 'staff1')).toMatch(UNSAVED);
    await expect.poll(async () => (await fetch(`${world.botUrl}/readyz`)).status).toBe(503);
    const health = (await (await fetch(`${world.botUrl}/healthz`)).json()) as {
      parts: Record<string, { ok: boolean; detail?: string }>;
    };
    expect(health.parts.store).toMatchObject({ ok: false, detail: expect.stringContaining('does not answer') });

    store.signal('SIGCONT');
    await expect.poll(async () => (await fetch(`${world.botUrl}/readyz`)).status).toBe(200);
    expect((await tap()).applied).toBe(true);
    await nok.sees('Help');
  });

  it('the bot ends when it is told to, with a line of why it did not finish, and the next one goes on', async () => {
    store.signal('SIGSTOP');
    await world.sandbox.say('staff1', 'menu');
    await expect.poll(async () => (await fetch(`${world.botUrl}/readyz`)).status).toBe(503);
    expect(await world.stopBot()).toBe(1);
    expect(world.botLog(1)).toMatch(/"part":"\w+".*bot\.endedUnfinished/);

    store.signal('SIGCONT');
    await world.startBot();
    await world.person('staff1').says('menu');
    await world.person('staff1').sees('My results');
  });
});

const MAY_LIMIT = spawnSync('prlimit', ['--version']).status === 0;
const WHY_NOT = MAY_LIMIT ? '' : ' (skipped: util-linux’ prlimit is not here to limit a running process)';

describe.skipIf(!MAY_LIMIT)(`a bot at work whose files may not grow any more${WHY_NOT}`, () => {
  const { world, nok } = sharedWorld({ joined: ['staff1'] });
  const ready = async () => (await fetch(`${world.botUrl}/readyz`)).status;
  const onCard = async ({ outTrackId }: SeenCard) => JSON.stringify(await world.sandbox.card(outTrackId, 'staff1'));
  /** What the system says to a write then is what it says of a full disk or quota. */
  const limitFiles = (bytes: number | 'unlimited') =>
    expect(spawnSync('prlimit', ['--pid', String(world.botPid), `--fsize=${bytes}:unlimited`]).status).toBe(0);

  it('says so to taps and messages, turns red, and takes all in when there is room, without a restart', async () => {
    await reach(nok, 'storefront');
    const card = await nok.card('Storefront photo');
    limitFiles(1_024);
    const { applied, response } = await nok.taps('Back', { on: card, withoutWaiting: true });
    expect([applied, JSON.stringify(response)]).toEqual([true, expect.stringContaining(UNSAVED)]);
    await world.sandbox.sendPictures('staff1', [await pictures.storefront(1)]);
    await expect.poll(() => saidIn(world, 'staff1')).toMatch(UNSAVED);
    await expect.poll(ready).toBe(503);
    expect(await onCard(card)).toContain(UNSAVED);

    limitFiles('unlimited');
    await expect.poll(ready).toBe(200);
    await expect.poll(() => onCard(card)).not.toContain(UNSAVED);
    await world.advance(61_000);
    await nok.sees('Step 2 of 4', 'Where is the code?');
  });

  it('hands over and lands as ever after that', async () => {
    await nok.fills({ fixedSecurely: true, howMany: '1' });
    await nok.sends(await pictures.counter(3), await pictures.closeup(codeOf('AA', 0)));
    await nok.fills({ contactPhoneOrEmail: '+66 81 999 0001' });
    await nok.taps('Submit');
    expect(outgoingLines(world).map(({ itemType }) => itemType)).toEqual(['STORE', 'SPOT', 'POSM']);
    await world.nextDay();
    await nok.sees('Results up to', '1 approved');
  });
});

describe.skipIf(process.platform === 'win32')('a start where no larger file may be written', () => {
  it.each(['everything', 'bot', 'mongo'])('of %s is one line with what to do', async (part) => {
    const dataDir = mkdtempSync(join(tmpdir(), 'full-'));
    const base = `http://127.0.0.1:${await freePort()}`;
    const args = part === 'mongo' ? ['--data', dataDir] : [];
    const { status, stderr } = spawnSync(
      'bash',
      ['-c', 'ulimit -f 1; exec "$@"', 'limited', process.execPath, 'scripts/start.mjs', part, ...args],
      {
        encoding: 'utf8',
        timeout: 250_000,
        env: {
          ...process.env,
          DATA_DIR: dataDir,
          PORT: String(await freePort()),
          SANDBOX_PORT: String(await freePort()),
          DINGTALK_API_BASE: base,
          DINGTALK_OAPI_BASE: base,
        },
      },
    );
    rmSync(dataDir, { recursive: true, force: true });
    const [line, ...more] = stderr.trim().split('\n');
    expect([status, more]).toEqual([1, []]);
    expect(Object.values(SAVE_REMEDIES).some((remedy) => line?.startsWith(remedy))).toBe(true);
  });
});

/** Every text that the bot wrote into this chat without a card. */
async function saidIn(world: World, userId: string): Promise<string> {
  const entries = await world.sandbox.conversation(userId, userId);
  return entries.flatMap(({ text }) => text ?? []).join('\n');
}
