import { expect, it } from 'vitest';
import { translator } from '../../cards/text.ts';
import { lanesWithWork } from '../../models/inbox.ts';
import { findPerson } from '../../models/people.ts';
import { createRecordQueue } from '../../src/bot/record-queue.ts';
import { LANGUAGES } from '../../src/domain/languages.ts';
import { useWorld } from '../support/in-process/use-world.ts';

const world = useWorld();

const ENGLISH = 'Cannot save now. Nothing is lost. Try again in a few minutes.';
const THAI = 'ตอนนี้ยังบันทึกไม่ได้ ไม่มีอะไรหาย ลองอีกครั้งในอีกไม่กี่นาที';

/** Nok with the menu open, and a tap that chooses this language on it. */
async function choosing(language: string) {
  const nok = await world().hires('nok');
  await nok.says('menu');
  const { outTrackId } = await nok.card();
  const params = { action: 'language.choose', language };
  return { nok, outTrackId, tap: () => world().tap(outTrackId, { userId: 'nok', actionId: 'x', params }) };
}
const languageOf = async (userId: string) => (await findPerson(userId))?.language;

it('a tap that cannot be saved is answered with the card as it is and a line at its foot, and works once it can', async () => {
  const { nok, outTrackId, tap } = await choosing('th');
  const before = world().platform.cards.get(outTrackId)?.params;
  world().onDisk('failing');
  const { answer } = await world().receive(tap());
  expect(answer).toEqual({ changes: { note: ENGLISH } });
  expect(world().platform.cards.get(outTrackId)?.params).toEqual({ ...before, note: ENGLISH });
  world().onDisk(undefined);
  expect(await languageOf('nok')).toBe('en');
  await world().receive(tap());
  await nok.sees('สวัสดี Nok');
  expect(world().platform.cards.get(outTrackId)?.params.note).not.toContain(ENGLISH);
});

it('the line goes by itself once it can be saved again, and not before', async () => {
  const { outTrackId, tap } = await choosing('th');
  const before = world().platform.cards.get(outTrackId)?.params;
  world().onDisk('failing');
  await world().receive(tap());
  await expect(world().sweep()).rejects.toThrow();
  world().onDisk(undefined);
  await world().sweep();
  expect(world().platform.cards.get(outTrackId)?.params).toEqual(before);
  const { calls } = world().platform;
  const updates = calls.length;
  await world().sweep();
  expect(calls).toHaveLength(updates);
});

it('it says so in the language that was read last', async () => {
  const { tap } = await choosing('th');
  await world().receive(tap());
  world().onDisk('failing');
  const { answer } = await world().receive(tap());
  world().onDisk(undefined);
  expect(answer?.changes).toEqual({ note: THAI });
});

it('a tap that was applied and is pushed again while nothing can be saved is not said to be lost', async () => {
  const { tap } = await choosing('th');
  const once = tap();
  await world().receive(once);
  world().onDisk('failing');
  const { answer } = await world().receive(once);
  world().onDisk(undefined);
  expect(answer).toEqual({});
});

it('messages that cannot be saved are answered in their chat, once for each person, and not recorded', async () => {
  await world().hires('nok', { language: 'th' });
  const first = world().message('nok', { text: 'menu' });
  const said = [first, world().message('nok', { text: 'help' }), world().message('new', { text: 'hi' })];
  world().onDisk('failing');
  await Promise.all(said.map((message) => world().takesIn(message)));
  world().onDisk(undefined);
  const inAll = LANGUAGES.map((language) => translator(language)('notice.unsaved')).join('\n');
  expect(world().replies.toSorted()).toEqual([inAll, THAI].toSorted());
  expect(await lanesWithWork()).toEqual([]);
  await world().receive(first);
  await world().person('nok').sees('สวัสดี');
});

it('a message is recorded after all where it can be saved again in some seconds', async () => {
  const { clock } = world();
  const record = createRecordQueue({ clock, pulse: { silentForMs: () => 0 } });
  world().onDisk('failing');
  const recorded = record(world().message('nok', { text: 'menu' }), 'nok');
  await new Promise(setImmediate);
  world().onDisk(undefined);
  await recorded;
  expect(await lanesWithWork()).toEqual(['nok']);
});

it('while the store says nothing nobody waits for it, and nothing is asked of it', async () => {
  const { clock } = world();
  const record = createRecordQueue({ clock, pulse: { silentForMs: () => 1_000 } });
  await expect(record(world().message('nok', { text: 'menu' }), 'nok')).rejects.toMatchObject({
    code: 'store.cannotSave',
    details: { why: 'silent' },
  });
  expect(await lanesWithWork()).toEqual([]);
});
