import { ALIKE_FROM, LOOKED_AT_WITHIN, MOST_LOOKED_AT } from '../src/media/alike-photos.ts';
import { createLooksTable, type LooksTable } from '../src/media/looks-table.ts';
import { LOOKS_SIDE, looksOf, WORDS } from '../src/media/picture-looks.ts';
import { alikeness, VIEW_SIDE } from '../src/media/same-view.ts';
import { seeded } from '../test/support/picture-canvas.ts';
import { AGAIN } from '../test/support/same-picture.ts';
import type { Extent } from './extent.ts';
import { quantile } from './quantile.ts';
import type { Row } from './row.ts';
import { squeezed, streetOf } from './street.ts';

const MOMENTS = 6;
const LOOK_UPS = 200;
const GOALS: Readonly<Record<string, number>> = {
  savedAgain: 0.97,
  halfAsLarge: 0.97,
  cut: 0.9,
  photographedAgain: 0.85,
};

/** How many photos of a shop are flagged that look like those of its neighbours, how many copies are found, and how long one look-up takes. */
export async function alikeRows({ earlier, fresh, stored }: Extent['alike']): Promise<Row[]> {
  const table = createLooksTable(earlier);
  const photos: Buffer[] = [];
  const honest: Buffer[] = [];
  for (let seed = 1; photos.length < earlier; seed++) {
    const street = await streetOf(seed);
    for (let shop = 0; shop < street.shops; shop++) {
      // every other shop is new: what stands left and right of it is known, from several days
      if (shop % 2 === 1) {
        if (honest.length < fresh) honest.push(await street.view(shop, 0));
        continue;
      }
      for (let moment = 1; moment <= MOMENTS && photos.length < earlier; moment++) {
        const photo = await street.view(shop, moment);
        table.add(`${photos.length}`, looksOf(await squeezed(photo, LOOKS_SIDE)));
        photos.push(photo);
      }
    }
  }
  let flagged = 0;
  for (const photo of honest) if ((await found(table, photos, photo)).length > 0) flagged += 1;
  const rows: Row[] = [
    {
      name: 'alike.flaggedInVain',
      value: flagged / honest.length,
      unit: `of ${honest.length} new photos among ${earlier}`,
      goal: { atMost: 0.01 },
      bound: 'how alike neighbours are',
    },
  ];
  const step = Math.max(1, Math.floor(photos.length / fresh));
  const copied = photos.flatMap((photo, at) => (at % step === 0 ? [{ photo, id: `${at}` }] : []));
  for (const [how, again] of Object.entries(AGAIN)) {
    let known = 0;
    for (const { photo, id } of copied) if ((await found(table, photos, await again(photo))).includes(id)) known += 1;
    const goal = GOALS[how];
    const row: Row = {
      name: `alike.found.${how}`,
      value: known / copied.length,
      unit: `of ${copied.length} copies`,
      bound: 'the hash, or what lies over one another',
    };
    rows.push(goal === undefined ? row : { ...row, goal: { atLeast: goal } });
  }
  return [...rows, lookUpRow(stored)];
}

/** The way that the product goes: the nearest by their hashes, then each laid over the new one. */
async function found(table: LooksTable, photos: readonly Buffer[], photo: Buffer): Promise<readonly string[]> {
  const near = table.nearest(looksOf(await squeezed(photo, LOOKS_SIDE)), LOOKED_AT_WITHIN, MOST_LOOKED_AT);
  if (near.length === 0) return [];
  const view = await squeezed(photo, VIEW_SIDE);
  const same: string[] = [];
  for (const { photoId } of near) {
    const other = photos[Number(photoId)];
    if (other !== undefined && alikeness(view, await squeezed(other, VIEW_SIDE)) >= ALIKE_FROM) same.push(photoId);
  }
  return same;
}

function lookUpRow(stored: number): Row {
  const random = seeded(1);
  const someLooks = (): string =>
    Array.from({ length: WORDS }, () =>
      Math.floor(random() * 2 ** 32)
        .toString(16)
        .padStart(8, '0'),
    ).join('');
  const table = createLooksTable(stored);
  for (let at = 0; at < stored; at++) table.add(`photo-${at}`, someLooks());
  const taken: number[] = [];
  for (let time = 0; time < LOOK_UPS; time++) {
    const looks = someLooks();
    const begun = performance.now();
    table.nearest(looks, LOOKED_AT_WITHIN, MOST_LOOKED_AT);
    taken.push(performance.now() - begun);
  }
  return {
    name: 'alike.lookUpP99Ms',
    value: quantile(taken, 0.99),
    unit: `ms, ${stored} photos in the ISO`,
    goal: { atMost: 50 },
    bound: 'seven hashes of each photo are compared',
  };
}
