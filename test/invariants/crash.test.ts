import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { nothingWaits } from '../support/chaos/nothing-waits.ts';
import { NOK } from '../support/conversations/joining.ts';
import { codeOf } from '../support/conversations/promotion.ts';
import { Stubborn } from '../support/conversations/stubborn.ts';
import { howOften } from '../support/how-often.ts';
import { seeded } from '../support/picture-canvas.ts';
import { type StoredRows, storedRows } from '../support/world/stored-rows.ts';
import { startWorld, type World } from '../support/world/world.ts';

const SEED = Number(process.env.CRASH_SEED ?? 20_261_123);
const CUTS = howOften({ inEachRun: 1, inFull: 10 });
const CUTS_OF_ALL = howOften({ inEachRun: 1, inFull: 3 });
const SPOTS = 2;
const FIRST_MS = 50;
const LAST_MS = 2_500;

interface Shop {
  readonly shop: string;
  readonly series: string;
  readonly seed: number;
  readonly spots: number;
}

/** Promotes one shop after the other while power cuts come at seeded random moments, until all have come. */
async function promoteThrough(powerCuts: readonly ((world: World) => Promise<void>)[]) {
  const world = await startWorld();
  onTestFinished(() => world.close());
  const nok = new Stubborn('staff1', world);
  await nok.joins(new Stubborn('admin1', world), NOK);
  const random = seeded(SEED);
  let left = powerCuts.length;
  const cutting = (async () => {
    for (const powerCut of powerCuts) {
      await after(FIRST_MS + random() * (LAST_MS - FIRST_MS));
      await powerCut(world);
      left -= 1;
    }
  })();
  cutting.catch(() => undefined);
  const shops: Shop[] = [];
  do {
    const nth = shops.length;
    const shop = { shop: `Shop ${nth + 1}`, series: `A${'ABCDEFGH'[nth]}`, seed: 100 + nth, spots: SPOTS };
    await nok.promotes(shop);
    shops.push(shop);
  } while (left > 0);
  await cutting;
  await world.idle();
  await world.advance(61_000);
  await world.idle();
  return { world, nok, shops };
}

/** Everything is there, once. */
async function expectWhole({ world, nok, shops }: Awaited<ReturnType<typeof promoteThrough>>): Promise<void> {
  const rows = await storedRows(world);
  expect(rows.promotions.map(({ storeName }) => storeName).sort()).toEqual(shops.map(({ shop }) => shop).sort());
  expect(rows.promotions.every(({ revision, spotCount }) => revision === 1 && spotCount === SPOTS)).toBe(true);
  const codes = shops.flatMap(({ series }) => Array.from({ length: SPOTS }, (_, spot) => codeOf(series, spot)));
  expect(rows.bindings.map(({ codeId, state }) => `${codeId} ${state}`).sort()).toEqual(
    codes.map((code) => `${code.split('/').at(-1)} ACTIVE`).sort(),
  );
  expect(rows.bindings.map(({ spotId }) => spotId).sort()).toEqual(rows.spots.map(({ _id }) => _id).sort());
  expect(nothingWaits(rows)).toEqual([]);

  expectPhotos(world, nok.sent, rows.photos);
  expectHandedOver(world, rows.submissions, shops);
  await expectCardsOnce(world);
}

/** Every photo that was sent has a row and its file, and no photo is there, or is there more often, that nobody sent. */
function expectPhotos(world: World, sent: readonly Buffer[], photos: StoredRows['photos']): void {
  const hashes = sent.map(sha256);
  const kept = photos.map(({ originalHash }) => String(originalHash));
  expect(new Set(kept)).toEqual(new Set(hashes));
  const times = (hash: string, among: readonly string[]): number => among.filter((one) => one === hash).length;
  for (const hash of kept) expect(times(hash, kept)).toBeLessThanOrEqual(times(hash, hashes));
  for (const { contentHash } of photos) {
    const file = join(world.dataDir, 'photos', String(contentHash).slice(0, 2), `${contentHash}.jpg`);
    expect(sha256(readFileSync(file))).toBe(contentHash);
  }
}

/** One line an item in the outgoing files, each with its photos beside it. */
function expectHandedOver(world: World, submissions: StoredRows['submissions'], shops: readonly Shop[]): void {
  const folder = join(world.dataDir, 'outgoing');
  const files = readdirSync(folder).filter((name) => /^submissions_.*\.jsonl(\.part)?$/.test(name));
  const lines = files
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').trim().split('\n'))
    .map((line) => JSON.parse(line) as { submissionKey: string; itemType: string; photos: { sha256: string }[] });
  expect(lines.map(({ itemType }) => itemType).sort()).toEqual(
    shops.flatMap(() => [...Array.from({ length: SPOTS }, () => ['POSM', 'SPOT']).flat(), 'STORE']).sort(),
  );
  expect(lines.map(({ submissionKey }) => submissionKey).sort()).toEqual(submissions.map(({ _id }) => _id).sort());
  const handed = lines.flatMap(({ photos }) => photos.map((photo) => photo.sha256));
  expect(new Set(handed).size).toBe(shops.length * (1 + 2 * SPOTS));
  for (const hash of handed) expect(sha256(readFileSync(join(folder, 'photos', `${hash}.jpg`)))).toBe(hash);
}

/** No card stands in a chat twice, and each promotion has one *Submitted*. */
async function expectCardsOnce(world: World): Promise<void> {
  for (const userId of ['staff1', 'admin1']) {
    const cards = (await world.person(userId).entries()).flatMap(({ outTrackId }) => outTrackId ?? []);
    expect(new Set(cards).size).toBe(cards.length);
  }
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

test(`a bot killed at random moments of a promotion (${CUTS}), and the sandbox with it (${CUTS_OF_ALL}), has lost nothing and done nothing twice (seed ${SEED})`, async () => {
  const ofTheBot = Array.from({ length: CUTS }, () => (world: World) => world.restartBot());
  const ofAll = Array.from({ length: CUTS_OF_ALL }, () => (world: World) => world.restartAll());
  const [first, ...others] = ofTheBot;
  await expectWhole(await promoteThrough(first === undefined ? ofAll : [first, ...ofAll, ...others]));
});
