import { beforeEach, expect, it } from 'vitest';
import { bindCodes } from '../../models/bindings.ts';
import { noteShape } from '../../models/code-shapes.ts';
import { forgetEverything } from '../../models/database.ts';
import { inTransaction } from '../../models/transaction.ts';
import { readPayload } from '../../src/domain/code.ts';
import { patternFor, shapeOf } from '../../src/domain/code-shape.ts';
import { codeRulesOf } from '../../src/programme/code-rules.ts';
import { readProgramme } from '../../src/programme/read.ts';
import { currentVersion } from '../../src/programme-in-use/apply.ts';
import { programmeAtStart } from '../../src/programme-in-use/at-start.ts';
import { useModels } from '../models/store.ts';
import { logLines } from '../support/log-lines.ts';
import { MARKETING_CODE_FLOW, programmeOf, SHIPPED_FOLDER } from '../support/shipped-programme.ts';
import { typed } from './typed.ts';

useModels(undefined);
const NOW = Date.UTC(2026, 10, 24, 3);
const BEGINS = 'https://codes.example/x/';

beforeEach(async () => {
  await forgetEverything();
  await programmeAtStart({
    readingOf: readProgramme,
    folder: SHIPPED_FOLDER,
    log: logLines('warn').log,
    at: 1,
    cause: 'start',
  });
});

/** A code that nobody knows, at a spot of its own; answers the name of its kind. */
async function stands(says: string, isoId: string): Promise<string> {
  const read = readPayload(says, MARKETING_CODE_FLOW.codes);
  if (read.kind !== 'unknown') throw new Error(`${says} is known`);
  const { code } = read;
  return await inTransaction(async (tx) => {
    const { shape } = shapeOf(says);
    const shapeId = await noteShape({ shape, product: 'MARKETING_CODE', firstAt: NOW }, tx);
    const where = {
      bindingId: code.codeId,
      isoId,
      spotId: code.codeId,
      storeId: 'store',
      boundBy: 'nok',
      boundAt: NOW,
    };
    const doubt = { doubt: 'unknown', shapeId, judgedBy: 1 } as const;
    await bindCodes([{ ...where, ...doubt, code, method: 'PHOTO_DECODE', proofPhoto: 'photo' }], tx);
    return shapeId;
  });
}

async function readsNow(says: string): Promise<string> {
  return readPayload(says, codeRulesOf(programmeOf((await currentVersion())?.files ?? []), 'MARKETING_CODE')).kind;
}

it('lists each kind once, with how many codes and ISOs, and says nothing of any code', async () => {
  expect((await typed('programme codes list')).out).toBe('Every code that stands anywhere is known.');
  const kind = await stands(`${BEGINS}AB12CD34`, 'iso');
  await stands(`${BEGINS}EF56GH78`, 'other');
  const { out } = await typed('programme codes list');
  expect(out).toContain(
    `${kind}  ${BEGINS}{A-Z0-9:8}  MARKETING_CODE  2 codes of 2 ISOs since 2026-11-24T03:00:00.000Z`,
  );
  expect(out).not.toMatch(/AB12CD34|EF56GH78/);
});

it('accepts a kind as a new version, which take-back takes back', async () => {
  const kind = await stands(`${BEGINS}AB12CD34`, 'iso');
  const { exit, out } = await typed(`programme codes accept ${kind}`);
  expect([exit, out.split('\n')[0]]).toEqual([0, `${kind} of MARKETING_CODE: version 2 is worked by from now on.`]);
  expect(await readsNow(`${BEGINS}ZZ99ZZ99`)).toBe('ours');
  const before = Buffer.from(
    (await currentVersion())?.files.find(({ name }) => name === 'programme.yaml')?.bytes ?? '',
  );
  expect(before.toString()).toContain("# a stand-in: what the programme's own codes say is not known");
  await typed('programme take-back');
  expect(await readsNow(`${BEGINS}ZZ99ZZ99`)).toBe('unknown');
});

it('takes another pattern only where it reads every code of the kind', async () => {
  const kind = await stands(`${BEGINS}AB12CD34`, 'iso');
  await stands(`${BEGINS}EF56GH78`, 'iso');
  const pattern = (qr: string) => `programme codes accept ${kind} --id mine --qr ${qr} --canonical x:{serial}`;
  const { exit, err } = await typed(pattern('^https://codes.example/x/(?<serial>AB.{6})$'));
  expect([exit, err]).toEqual([1, expect.stringContaining('does not read 1 of 2 codes of that kind')]);
  expect((await typed(pattern('^(?<serial>(a+)+$'))).exit).toBe(1);
  expect((await currentVersion())?.version).toBe(1);
  expect((await typed(pattern('^https://codes.example/x/(?<serial>.{8})$'))).exit).toBe(0);
});

it('refuses a kind as what it is; of a kind that nobody has met there is nothing to decide', async () => {
  const kind = await stands(`${BEGINS}AB12CD34`, 'iso');
  expect((await typed(`programme codes refuse ${kind} walletLink`)).exit).toBe(0);
  expect(await readsNow(`${BEGINS}AB12CD34`)).toBe('foreign');
  expect((await typed(`programme codes refuse ${kind} nonsense`)).exit).not.toBe(0);
  expect((await typed('programme codes accept code-12345678')).err).toContain('programme codes list');
});

it.each([
  ['https://host.example/m/AB12CD34?x=1', 'https://host.example/m/{any:12}'],
  ['https://host.example/somchai.jaidee/12345678', 'https://host.example/{any:23}'],
  ['AP:123456', 'AP:{0-9:6}'],
  ['BEGIN:VCARD\nFN:Somchai\nTEL:+66819998841', 'BEGIN:{any:33}'],
  ['\u0000\u0001', '{any:2}'],
])('the shape of %j names neither person nor code', (says, shape) => {
  expect(shapeOf(says).shape).toBe(shape);
});

it('a pattern that is proposed reads the code that it is proposed for', () => {
  for (const says of [`${BEGINS}AB12CD34`, 'https://h.example/a/b-c_d9?e=f&g=h', 'AP:123456'])
    expect(says).toMatch(new RegExp(patternFor('new', shapeOf(says))?.qr ?? '^$'));
});
