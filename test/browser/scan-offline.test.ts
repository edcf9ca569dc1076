import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import type { ProgrammeFile } from '../../src/programme/files.ts';
import { capturePhoneOf } from '../support/capture-phone.ts';
import { fillAll } from '../support/conversations/promotion-by-page.ts';
import { howOften } from '../support/how-often.ts';
import { pictures } from '../support/pictures.ts';
import { writeProgramme } from '../support/programme-of-files.ts';
import { shippedFiles, withChange } from '../support/shipped-programme.ts';
import { outgoingLines } from '../support/world/outgoing-lines.ts';
import { sharedWorld } from '../support/world/shared-world.ts';
import { storedRows } from '../support/world/stored-rows.ts';
import { aBadRoad } from './support/bad-road.ts';
import { aNumberedPhoto, aPhone, countKept, isKept, numberIn, photographsAt } from './support/scan-phone.ts';

const DISPLAYS = howOften({ inEachRun: 2, inFull: 5 });
const PHOTOS = 4 * DISPLAYS;
/** Four photos at each display. */
const SLOTS = '- { id: closeup, ofPosm: true, example: closeup.jpg }\n';
const WORDS = '    photos: &display\n';
const changed = [
  ['programme.yaml', /languages: \[.*\]/, 'languages: [en]'],
  ['programme.yaml', SLOTS, `${SLOTS}          - { id: above }\n          - { id: beside }\n`],
  ['en.yaml', WORDS, `${WORDS}      above: { shows: what is above it }\n      beside: { shows: what is beside it }\n`],
  ['en.yaml', '\nslots:\n', '\nslots:\n  above: { name: Above }\n  beside: { name: Beside }\n'],
] as const;
const english = shippedFiles().filter(({ name }) => !/^(?!en|programme).*\.yaml$/.test(name));
const folder = await writeProgramme(
  changed.reduce<readonly ProgrammeFile[]>((files, [file, old, text]) => withChange(file, old, text, files), english),
);
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const { world, nok } = sharedWorld({ joined: ['staff1'], env: { PROGRAMME: folder } });

/** A promotion of so many displays, everything said and nothing photographed but the front; where its photos go. */
async function begins(shop: string): Promise<{ readonly session: string; readonly slots: readonly string[] }> {
  await nok.says('menu');
  await nok.taps({ action: 'menu.product', product: 'PRIMARY_POSM' });
  await nok.taps({ action: 'promotion.start' });
  const other = capturePhoneOf(world, 'staff1');
  const settles = (): Promise<void> => world.untilIdle();
  const spot = { posmForm: 'STICKER', quantity: '1' };
  await other.leaves(await fillAll(other, { shop, spots: DISPLAYS, spot, settles }));
  await nok.sends(await pictures.storefront(4_801));
  const asks = (await other.state()).work?.asks ?? [];
  return { session: other.session, slots: asks.map(({ slot }) => slot).filter((slot) => slot.startsWith('spots/')) };
}

/** The number in each photo of the spots that were submitted, by the place that it was submitted for. */
async function submittedNumbers(): Promise<ReadonlyMap<string, number>> {
  const spots = outgoingLines(world).filter(({ itemType }) => itemType === 'SPOT');
  const found = spots.flatMap(({ values, photos }) =>
    photos.map(async ({ role, sha256 }) => {
      const stored = readFileSync(join(world.dataDir, 'outgoing', 'photos', `${sha256}.jpg`));
      return [`spots/s${String(values.number)}/${role}`, await numberIn(stored)] as const;
    }),
  );
  return new Map(await Promise.all(found));
}

it('photos without a network, the page closed, the browser started again, a slow network that loses 30 %: each arrives once, in its place', async () => {
  const { session, slots } = await begins('Offline Cafe');
  expect(slots).toHaveLength(PHOTOS);
  const road = await aBadRoad(world.botUrl);
  const phone = await aPhone(`${road.url}/go/scan?corpId=demo-corp`);
  await phone.isOf(session);
  let page = await phone.opens();
  await page.getByText('Offline Cafe').first().waitFor();
  await isKept(page);
  await phone.context().setOffline(true);
  for (const [number, slot] of slots.entries()) await photographsAt(page, slot, await aNumberedPhoto(number));
  await page.getByText(`On this phone, not sent yet: ${PHOTOS}.`).waitFor();
  await page.close();

  await phone.restarts();
  await phone.isOf(session);
  await road.away();
  page = await phone.opens();
  await page.getByText('Offline Cafe').first().waitFor();
  await page.getByText(`On this phone, not sent yet: ${PHOTOS}.`).waitFor();
  expect(await page.getByText('No connection.').count()).toBe(1);
  await page.close();

  road.bad.lost = 30;
  road.bad.bytesPerS = 50_000 / 8;
  await road.back();
  page = await phone.opens();
  await page.getByText('All of it is sent.').waitFor();
  expect(road.lost).toBeGreaterThan(PHOTOS / 4);
  expect(await countKept(page)).toBe(0);
  await world.untilIdle();
  const captured = (await storedRows(world)).photos.filter(({ _id }) => String(_id).startsWith('capture:'));
  expect(captured).toHaveLength(PHOTOS);
  await nok.taps({ action: 'promotion.submit' });
  await nok.sees('Submitted', 'Offline Cafe');
  expect(await submittedNumbers()).toEqual(new Map(slots.map((slot, number) => [slot, number])));
});
