import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { firing } from '../support/alerts/evaluate.ts';
import { SmallDisk } from '../support/chaos/small-disk.ts';
import { join as joinIso, NOK } from '../support/conversations/joining.ts';
import { codeOf } from '../support/conversations/promotion.ts';
import { pictures } from '../support/pictures.ts';
import { story } from '../support/story.ts';
import { operatorCommand } from '../support/world/operator-command.ts';
import { outgoingLines } from '../support/world/outgoing-lines.ts';
import type { Person } from '../support/world/person.ts';
import { reach } from '../support/world/reach.ts';
import { storedRows } from '../support/world/stored-rows.ts';
import { startWorld, type World } from '../support/world/world.ts';

/** Of a disk of 1.6 GB one percent. */
const LEFT_MB = 16;
const folder = mkdtempSync(join(tmpdir(), 'nearly-full-'));
const dataDir = join(folder, 'bot');
mkdirSync(dataDir);
const [disk] = SmallDisk.at({ bot: dataDir });
const WHY = disk === undefined ? ' (skipped: only root on Linux can make a disk)' : '';

describe.skipIf(disk === undefined)(`a bot whose disk fills up${WHY}`, () => {
  const it = story('The disk of the bot fills up');
  let world: World;
  let nok: Person;
  beforeAll(async () => {
    world = await startWorld({ env: { DATA_DIR: dataDir } });
    nok = world.person('staff1');
    await joinIso(nok, world.person('admin1'), NOK);
  });
  afterAll(async () => {
    await world?.close();
    disk?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const ready = async () => (await fetch(`${world.botUrl}/readyz`)).status;
  const told = async () => (await fetch(`${world.botUrl}/metrics`)).text();
  /** What would fire if it stayed so for half an hour. */
  const alerts = async () => {
    const text = await told();
    return firing([0, 30].map((at) => ({ at, text })));
  };
  async function doctorOnDisk(): Promise<Record<string, unknown> | undefined> {
    const { origin } = new URL(world.sandbox.url);
    const app = { DINGTALK_API_BASE: origin, DINGTALK_OAPI_BASE: origin };
    const { out } = await operatorCommand({ dataDir, env: app }, 'doctor', '--json');
    return JSON.parse(out).findings.find(({ about }: { about: string }) => about === 'disk');
  }

  it('nearly full: all still works, and the log, the doctor and an alert say so with the remedy', async () => {
    expect(await alerts()).not.toContain('DiskLow');
    expect(await doctorOnDisk()).toMatchObject({ state: 'ok' });
    expect(disk?.fills(LEFT_MB)).toBe(true);
    await world.advance(61_000);
    await expect.poll(() => world.botLog(1_000)).toContain('"event":"disk.low"');
    expect(await doctorOnDisk()).toMatchObject({ state: 'wrong', remedy: expect.stringContaining('Make room') });
    expect(await alerts()).toContain('DiskLow');
    expect(await ready()).toBe(200);
    await reach(nok, 'storefront');
    await nok.sees('Storefront photo');
  });

  it('full: a photo cannot be kept, the light is red, and an alert calls somebody', async () => {
    expect(disk?.fills()).toBe(true);
    await world.sandbox.sendPictures('staff1', [await pictures.storefront(1)]);
    await expect.poll(ready).toBe(503);
    expect(await alerts()).toContain('CannotSave');
  });

  it('with room again all goes on by itself: what was sent is there once, and is handed over', async () => {
    expect(disk?.empties()).toBe(true);
    await expect.poll(ready).toBe(200);
    await world.advance(61_000);
    await nok.sees('Step 2 of 4');
    await nok.fills({ fixedSecurely: true, howMany: '1' });
    await nok.sends(await pictures.counter(3), await pictures.closeup(codeOf('AA', 0)));
    await nok.fills({ contactPhoneOrEmail: '+66 81 999 0001' });
    await nok.taps('Submit');
    await nok.sees('Submitted', /P-[2-9A-Z]{4}/);
    const { photos, promotions } = await storedRows({ dataDir });
    expect([photos.length, promotions.length]).toEqual([3, 1]);
    expect(outgoingLines({ dataDir }).map(({ itemType }) => itemType)).toEqual(['STORE', 'SPOT', 'POSM']);
    expect(await doctorOnDisk()).toMatchObject({ state: 'ok' });
    expect(await alerts()).toEqual([]);
  });
});
