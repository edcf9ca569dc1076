import fc from 'fast-check';
import { beforeEach, expect, it } from 'vitest';
import { forgetEverything } from '../../models/database.ts';
import { standingWith } from '../../models/scans.ts';
import { codeHash, readTyped } from '../../src/domain/code.ts';
import { useModels } from '../models/store.ts';
import { MARKETING_CODE_FLOW } from '../support/shipped-programme.ts';
import { addIsoIn, csv, LandingHarness, putUp } from './landing-harness.ts';

const COLUMNS = ['isoId', 'code', 'day', 'scans'];
const [ONE, TWO, NOWHERE] = ['ABCDEFGH2345', 'ABCDEFGH2346', 'ABCDEFGH2347'];

useModels(undefined);
const harness = new LandingHarness();
let number = 0;

beforeEach(async () => {
  await forgetEverything();
  await addIsoIn('Asia/Bangkok');
  await putUp(ONE, { spotId: 'one' });
  await putUp(TWO, { spotId: 'two' });
});

const row = (code: string, day: string, scans: string, isoId = 'iso') => ({ isoId, code, day, scans });

async function landed(rows: readonly Record<string, string>[]): Promise<string[]> {
  number += 1;
  const name = `scans_20260503_${String(number).padStart(3, '0')}`;
  harness.drop(`${name}.csv`, csv(rows, COLUMNS));
  await harness.land();
  return harness.results(`done/${name}.result.csv`);
}

async function lastScan(typed: string): Promise<string | undefined> {
  const read = readTyped(typed, MARKETING_CODE_FLOW.codes);
  if (read.kind !== 'ours') throw new Error(`${typed} is no code`);
  const [binding] = await standingWith([codeHash(read.code)]);
  return binding?.scannedOn;
}

it('each row is told what it changed, or why nothing', async () => {
  expect(
    await landed([
      row(ONE, '2026-05-02', '3'),
      row(ONE, '2026-05-03', '1'),
      row(ONE, '2026-05-01', '9'),
      row(TWO, '2026-05-03', '0'),
      row(NOWHERE, '2026-05-03', '1'),
      row(TWO, '2026-05-03', '1', 'nobody'),
      row('hello', '2026-05-03', '1'),
      row(TWO, '03/05/2026', '1'),
      row(TWO, '2026-05-03', 'many'),
      row(TWO, '2026-05-03', '-1'),
    ]),
  ).toEqual([
    `2 ${ONE} applied`,
    `3 ${ONE} applied`,
    `4 ${ONE} unchanged scannedSince`,
    `5 ${TWO} unchanged noScans`,
    `6 ${NOWHERE} unmatched codeAtNoSpot`,
    `7 ${TWO} unmatched isoUnknown`,
    '8 hello malformed code is not a code of the programme',
    `9 ${TWO} malformed day is not a day`,
    `10 ${TWO} malformed scans is not a number`,
    `11 ${TWO} malformed scans is not a number`,
  ]);
  expect([await lastScan(ONE), await lastScan(TWO)]).toEqual(['20260503', undefined]);
});

it('a code of another ISO is none of its spots', async () => {
  await addIsoIn('Asia/Bangkok', 'other');
  expect(await landed([row(ONE, '2026-05-03', '1', 'other')])).toEqual([`2 ${ONE} unmatched codeAtNoSpot`]);
  expect(await lastScan(ONE)).toBeUndefined();
});

it('files in any order, parted in any way, each twice, leave the last day on which anybody scanned a code', async () => {
  const days = fc.integer({ min: 1, max: 28 }).map((day) => `2026-04-${String(day).padStart(2, '0')}`);
  const rows = fc.record({ code: fc.constantFrom(ONE, TWO), day: days, scans: fc.constantFrom('0', '1', '70') });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(rows, { minLength: 1, maxLength: 6 }), { maxLength: 3 }), async (files) => {
      await forgetEverything();
      await addIsoIn('Asia/Bangkok');
      await putUp(ONE, { spotId: 'one' });
      await putUp(TWO, { spotId: 'two' });
      for (const file of [...files, ...files.toReversed()])
        await landed(file.map(({ code, day, scans }) => row(code, day, scans)));
      for (const code of [ONE, TWO]) {
        const scanned = files.flat().filter((one) => one.code === code && one.scans !== '0');
        const last = scanned
          .map(({ day }) => day.replaceAll('-', ''))
          .toSorted()
          .at(-1);
        expect(await lastScan(code)).toBe(last);
      }
    }),
    { numRuns: 15 },
  );
});
