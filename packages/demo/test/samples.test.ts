import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { readCodes } from '../../../src/media/read-codes.ts';
import { aDemoSandbox } from './support/demo-sandbox.ts';

const CODE = 'https://qr.alipayplus.example/m/ABCDEFGH2345';
const PATTERN = /^https:\/\/qr\.alipayplus\.example\/m\/[A-Z2-9]{12}$/;

async function codesIn(jpeg: Buffer): Promise<string[]> {
  const { data, info } = await sharp(jpeg).greyscale().raw().toBuffer({ resolveWithObject: true });
  return readCodes({ grey: { width: info.width, height: info.height, data } });
}

test('a close-up shows what stands at a spot, by what was handed over last', async () => {
  const sandbox = await aDemoSandbox();
  const posm = (itemRef: string, spotRef: string, code?: string) => ({
    itemType: 'POSM',
    submissionKey: `${itemRef}#1`,
    itemRef,
    revision: 1,
    isoId: 'iso-1',
    staffRef: 'nok',
    spotRef,
    code: code ? { payload: code, method: 'PHOTO_DECODE' } : undefined,
  });
  const lines = [posm('p-1', 's-1', `${CODE.slice(0, -1)}9`), posm('p-1', 's-1', CODE), posm('p-2', 's-2')];
  await mkdir(join(sandbox.dataDir, 'outgoing'));
  await writeFile(
    join(sandbox.dataDir, 'outgoing', 'submissions_20260503_001.jsonl'),
    lines.map((line) => `${JSON.stringify(line)}\n`).join(''),
  );
  const codesOf = async (query: string) =>
    codesIn(Buffer.from(await (await fetch(`${sandbox.url}/sandbox/api/samples/${query}`)).arrayBuffer()));
  expect(await codesOf('closeup.jpg?at=s-1')).toEqual([CODE]);
  expect(await codesOf('closeup.jpg?at=p-1&side=800')).toEqual([CODE]);
  expect(await codesOf('closeup.jpg?at=s-2')).toEqual([]);
  expect(await codesOf('closeup.jpg?at=elsewhere')).toEqual([expect.stringMatching(PATTERN)]);
});
