import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { expect } from 'vitest';
import { promote } from '../support/conversations/promotion.ts';
import { story } from '../support/story.ts';
import { behindTheScenes } from '../support/world/behind.ts';
import { sharedWorld } from '../support/world/shared-world.ts';
import { everyRow } from '../support/world/stored-rows.ts';

const { world, nok } = sharedWorld({ joined: ['staff1'] });
const it = story('What was submitted is handed over, judged and judged again');

const filesIn = (folder: string): string[] =>
  readdirSync(join(world.dataDir, folder), { recursive: true, encoding: 'utf8' });

/** The lines of a landed file's result, its header apart. */
function resultOf(name: string): string[] {
  const path = join(world.dataDir, 'incoming', 'done', name.replace('.csv', '.result.csv'));
  return readFileSync(path, 'utf8').split('\r\n').slice(1, -1);
}

interface ItemRow {
  readonly _id: string;
  readonly itemType: string;
  readonly isoId: string;
  readonly state: string;
}

/** The items of these types as they are stored, oldest first. */
function items(...types: string[]): Promise<ItemRow[]> {
  return behindTheScenes(world, async () => {
    const all = mongoose.connection.collection<ItemRow>('items').find({ itemType: { $in: types } });
    return (await all.toArray()).sort((one, other) => one._id.localeCompare(other._id));
  });
}

const statesOf = async (...types: string[]): Promise<string[]> => (await items(...types)).map(({ state }) => state);

/** A file that says one thing of one spot, decided a moment ago. */
async function review(spot: ItemRow | undefined, decision: string, reason: string): Promise<string> {
  const at = new Date((await world.sandbox.advance(0)).now).toISOString();
  const row = [at, at.slice(0, 10), spot?.isoId, 'SPOT', spot?._id, 1, decision, reason, at];
  const columns = 'sourceRowKey,dataDate,isoId,itemType,itemRef,submissionRevision,decision,reasonCodes,decidedAt';
  return `${columns}\r\n${row.join(',')}\r\n`;
}

it('what was submitted today is closed, judged in the night and landed by the morning', async () => {
  await promote(nok, { spots: 2 });
  const [name = ''] = (await world.nextDay()).files;
  expect(filesIn('outgoing').filter((file) => file.endsWith('.part'))).toEqual([]);
  expect(filesIn('incoming')).toContain(join('done', name));
  expect(resultOf(name)).toEqual([2, 3, 4, 5, 6].map((line) => expect.stringMatching(`^${line},.*,applied,$`)));
  expect(await statesOf('STORE', 'SPOT')).toEqual(['APPROVED', 'APPROVED', 'APPROVED']);
  await nok.sees('Results up to', '2 approved');
});

it('a file is landed within ten minutes, and changes nothing when it comes again', async () => {
  const content = await review((await items('SPOT'))[0], 'INVALIDATED', 'INSPECTION_MOVED');
  for (const name of ['review_20261123_900.csv', 'review_20261123_901.csv']) {
    world.drop(name, content);
    await world.advance(600_000);
  }
  expect(await statesOf('SPOT')).toEqual(['INVALIDATED', 'APPROVED']);
  expect(resultOf('review_20261123_901.csv')).toEqual([expect.stringMatching(/^2,.*,unchanged,fileLandedBefore$/)]);
});

it('a file that came while the bot was down is landed when it starts', async () => {
  const content = await review((await items('SPOT'))[1], 'REJECTED', 'SPOT_NOT_FIXED');
  await world.killBot();
  world.drop('review_20261123_902.csv', content);
  await world.startBot();
  await world.idle();
  expect(await statesOf('SPOT')).toEqual(['INVALIDATED', 'REJECTED']);
});

it('a day on which nothing happens brings no files', async () => {
  expect((await world.sandbox.nextDay()).files).toEqual([]);
});

it('a reset forgets what was handed over, judged and landed', async () => {
  await world.sandbox.post('/reset', {});
  expect(filesIn('.')).not.toContain('reviewer.json');
  expect(filesIn('.')).not.toContain('incoming');
  expect((await world.sandbox.nextDay()).files).toEqual([]);
  // in which organisation it is nobody says anew
  const { settings = [] } = await everyRow(world);
  expect(settings.map(({ _id }) => _id)).toContain('corpId');
});
