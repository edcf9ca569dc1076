import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SHOP } from '../support/conversations/promotion.ts';
import { howOften } from '../support/how-often.ts';
import { seeded } from '../support/picture-canvas.ts';
import { pictures } from '../support/pictures.ts';
import { employ } from '../support/world/behind.ts';
import { operatorCommand } from '../support/world/operator-command.ts';
import type { Person } from '../support/world/person.ts';
import { everyRow } from '../support/world/stored-rows.ts';
import { startWorld, type World } from '../support/world/world.ts';

const SEED = Number(process.env.CRASH_SEED ?? 20_261_127);
const DEMO = 'demo@iso.example';
/** From before the first row is touched to after the last. */
const LAST_MS = 2_500;
/** What the cut meets: the command, or the bot, whose store it is. */
const CUTS = Object.entries({ wichaiq: 'bot', somchaiq: 'command', malinq: 'bot', ratreeq: 'command' }).slice(
  0,
  howOften({ inEachRun: 1, inFull: 4 }),
);

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

/** Staff with a promotion in the making and a photo in it. */
async function atWork(userId: string, nth: number): Promise<Person> {
  const person = await world.newPerson({ userId, name: userId, mobile: `+66-81991000${nth}` });
  await employ(world, { userId, name: userId, role: 'STAFF', isoEmail: DEMO });
  await person.says('menu');
  await person.taps({ action: 'menu.product', product: 'MARKETING_CODE' });
  await person.taps({ action: 'promotion.start' });
  await person.fills({ ...SHOP, nameLocal: `Shop of ${userId}` });
  await person.sends(await pictures.storefront(nth));
  return person;
}

/** Writes and sends on, whatever comes of it. */
async function goesOn(userId: string, until: AbortSignal): Promise<void> {
  for (let n = 1; !until.aborted; n += 1) {
    const said =
      n % 4 === 0 ? world.sandbox.sendPictures(userId, [await pictures.counter(n)]) : world.sandbox.say(userId, 'menu');
    await said.catch(() => undefined);
    await after(500);
  }
}

/** The command, ended by a power cut after so many milliseconds, if it still runs then. */
async function erasesUntil(ms: number, userId: string): Promise<void> {
  const { PATH } = process.env;
  const env = { PATH, DATA_DIR: world.dataDir };
  const command = spawn(process.execPath, ['dist/scripts/op.js', 'person', 'erase', userId, '--yes'], {
    env,
    stdio: 'ignore',
  });
  const cut = setTimeout(() => command.kill('SIGKILL'), ms);
  await once(command, 'exit');
  clearTimeout(cut);
}

/** Every place where somebody is still named. */
async function placesOf(userId: string): Promise<string[]> {
  const rows = await everyRow(world);
  return Object.entries(rows).flatMap(([collection, all]) =>
    all.flatMap((row) => (JSON.stringify(row).includes(userId) ? [`${collection}: ${JSON.stringify(row)}`] : [])),
  );
}

/** Photos that lie there and of which no row knows. */
async function photosOfNobody(): Promise<string[]> {
  const known = new Set((await everyRow(world)).photos?.map(({ contentHash }) => String(contentHash)));
  const files = readdirSync(join(world.dataDir, 'photos'), { recursive: true }).map(String);
  return files.flatMap((file) => /(\w{64})\.jpg$/.exec(file)?.[1] ?? []).filter((hash) => !known.has(hash));
}

test(`somebody who is erased in the middle of their work, and of a power cut, leaves no trace once it is typed again (seed ${SEED})`, async () => {
  const random = seeded(SEED);
  for (const [nth, [userId, met]] of CUTS.entries()) {
    const person = await atWork(userId, nth);
    const working = new AbortController();
    const work = goesOn(userId, working.signal);
    const cutAt = random() * LAST_MS;
    const erasing = erasesUntil(met === 'command' ? cutAt : 60_000, userId);
    if (met === 'bot') {
      await after(cutAt);
      await world.killBot();
      // it may have the folder for itself by now
      await erasing;
      await world.startBot();
    }
    await erasing;
    working.abort();
    await work;
    await world.untilIdle();
    // what the dead bot did not acknowledge is pushed again: it was written before
    await world.advance(61_000);
    await world.untilIdle();
    // half erased or not, whoever writes is answered
    await person.says('menu');
    await world.untilIdle();
    expect(world.botLog()).not.toContain('"code":"bug.');
    const erased = await operatorCommand(world.dataDir, 'person', 'erase', userId, '--yes');
    expect(erased).toMatchObject({ code: 0, out: expect.stringMatching(/^Erased\./) });
    await world.untilIdle();
    // the bot may have been writing what it had counted for them
    await expect.poll(() => placesOf(userId)).toEqual([]);
    expect(await photosOfNobody()).toEqual([]);
    expect(await operatorCommand(world.dataDir, 'person', 'erase', userId, '--yes')).toMatchObject({
      code: 1,
      problem: `Nothing is kept of ${userId}.`,
    });
  }
});
