import mongoose from 'mongoose';
import { beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { forgetEverything } from '../../models/database.ts';
import { applyProgramme, takeBack } from '../../src/programme-in-use/apply.ts';
import { createHeldProgrammes } from '../../src/programme-in-use/held-programmes.ts';
import { useModels } from '../models/store.ts';
import { logLines } from '../support/log-lines.ts';
import { shippedFiles, withChange } from '../support/shipped-programme.ts';

useModels(undefined);
beforeEach(forgetEverything);

const BY = { by: 'operator', at: 1, cause: 'typed' } as const;
const { log } = logLines('silent');

function hoursOf(hour: number) {
  return withChange('programme.yaml', 'hour: 18', `hour: ${hour}`);
}

it('before the first look there is none, and that is a bug', () => {
  expect(() => createHeldProgrammes(log).current()).toThrow('bug.unexpected');
});

it('every process follows at its next look, and goes on with what it has until then', async () => {
  await applyProgramme(hoursOf(7), BY);
  const processes = [createHeldProgrammes(log), createHeldProgrammes(log)];
  for (const held of processes) await held.look();
  await applyProgramme(hoursOf(8), BY);
  expect(processes.map((held) => held.current().version)).toEqual([1, 1]);
  for (const held of processes) await held.look();
  expect(processes.map((held) => held.current().programme.deadlines.hour)).toEqual([8, 8]);
  await takeBack(undefined, BY);
  for (const held of processes) await held.look();
  expect(processes.map((held) => [held.current().version, held.current().programme.deadlines.hour])).toEqual([
    [3, 7],
    [3, 7],
  ]);
});

it('who watches works by another one within ten seconds, in every process', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  onTestFinished(() => void vi.useRealTimers());
  await applyProgramme(hoursOf(7), BY);
  const processes = [createHeldProgrammes(log), createHeldProgrammes(log)];
  for (const held of processes) await held.look();
  const watches = processes.map((held) => held.watch());
  await applyProgramme(hoursOf(8), BY);
  vi.advanceTimersByTime(10_000);
  for (const watch of watches) await watch.close();
  expect(processes.map((held) => held.current().programme.deadlines.hour)).toEqual([8, 8]);
  await applyProgramme(hoursOf(9), BY);
  vi.advanceTimersByTime(60_000);
  expect(processes.map((held) => held.current().version)).toEqual([2, 2]);
});

it('a version of before is there on demand, and one that there never was is an error', async () => {
  for (let hour = 0; hour < 12; hour += 1) await applyProgramme(hoursOf(hour), BY);
  const held = createHeldProgrammes(log);
  await held.look();
  for (let version = 1; version <= 12; version += 1)
    expect((await held.at(version)).programme.deadlines.hour).toBe(version - 1);
  expect(held.current().version).toBe(12);
  expect(await held.at(12)).toBe(await held.at(12));
  await expect(held.at(13)).rejects.toMatchObject({ code: 'programme.unknown' });
});

it('one that an earlier release applied goes on, though it could not be applied today', async () => {
  await applyProgramme(shippedFiles(), BY);
  // as a release before this one took it: its code is in no photo
  const files = withChange('programme.yaml', /showsCode: true, /, '').map(({ name, bytes }) => {
    const buffer = Buffer.from(bytes);
    return name.endsWith('.yaml') ? { name, text: buffer.toString() } : { name, base64: buffer.toString('base64') };
  });
  await mongoose.connection.collection('programmes').updateOne({ version: 1 }, { $set: { files } });
  const held = createHeldProgrammes(log);
  await held.look();
  const slots = held
    .current()
    .flowOf('MARKETING_CODE')
    .steps.flatMap((step) => step.slots);
  expect(slots.some(({ showsCode }) => showsCode)).toBe(false);
});

it('one that this release cannot read is told, and the one before stays', async () => {
  await applyProgramme(shippedFiles(), BY);
  const told = logLines('error');
  const held = createHeldProgrammes(told.log);
  await held.look();
  await applyProgramme(hoursOf(9), BY);
  // as a release to come would write it
  const later = [{ name: 'programme.yaml', text: 'name: later\n' }];
  await mongoose.connection.collection('programmes').updateOne({ version: 2 }, { $set: { files: later } });
  await held.look();
  await held.look();
  expect(held.current().version).toBe(1);
  expect(told.lines().filter((line) => JSON.stringify(line).includes('programme.unreadable"'))).toHaveLength(1);
  await expect(createHeldProgrammes(log).look()).rejects.toMatchObject({ code: 'programme.unreadable' });
});

it('what was made under one that this release cannot read goes on under the one that is worked by, and is told once', async () => {
  await applyProgramme(hoursOf(7), BY);
  await applyProgramme(hoursOf(9), BY);
  const earlier = [{ name: 'programme.yaml', text: 'name: earlier\n' }];
  await mongoose.connection.collection('programmes').updateOne({ version: 1 }, { $set: { files: earlier } });
  const told = logLines('error');
  const held = createHeldProgrammes(told.log);
  await expect(held.at(1)).rejects.toMatchObject({ code: 'programme.unreadable' });
  await held.look();
  for (const _ of [1, 2]) expect((await held.at(1)).programme.deadlines.hour).toBe(9);
  expect(told.lines()).toMatchObject([{ event: 'programme.unreadable', version: 1, goesOnUnder: 2 }]);
  // it is not held as what it stands in for
  await applyProgramme(hoursOf(10), BY);
  await held.look();
  expect((await held.at(1)).programme.deadlines.hour).toBe(10);
  expect((await held.at(2)).programme.deadlines.hour).toBe(9);
});

it('a store that was emptied begins with its first version, which is not the first one of before', async () => {
  await applyProgramme(hoursOf(7), BY);
  const held = createHeldProgrammes(log);
  await held.look();
  await forgetEverything();
  await held.look();
  expect(held.current().programme.deadlines.hour).toBe(7);
  await applyProgramme(hoursOf(8), { ...BY, at: 2 });
  await held.look();
  expect(held.current()).toMatchObject({ version: 1, programme: { deadlines: { hour: 8 } } });
});
