import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { freeLeases } from '../../../models/leases.ts';
import { useModels } from '../../models/store.ts';
import { SftpHarness } from './sftp-harness.ts';

const FILE = 'submissions_20260503_001.jsonl';
const NEXT = 'submissions_20260503_002.jsonl';
const FRONT = 'ab'.repeat(32);
const COUNTER = 'cd'.repeat(32);

useModels(undefined);

async function begun(): Promise<SftpHarness> {
  const harness = new SftpHarness();
  await harness.startServer();
  await freeLeases();
  return harness;
}

/** Closes a file whose lines name these photos, which lie beside it. */
function handOver(harness: SftpHarness, name: string, ...photos: readonly string[]): string {
  for (const hash of photos) writeFileSync(join(harness.outgoing, 'photos', `${hash}.jpg`), `the photo ${hash}`);
  const text = photos.map((sha256) => `${JSON.stringify({ photos: [{ role: 'front', sha256 }] })}\n`).join('');
  writeFileSync(join(harness.outgoing, name), text);
  return text;
}

/** How often something was begun to be written there. */
const opened = (harness: SftpHarness, path: string) =>
  harness.server.asked.filter((asked) => asked === `OPEN ${path}`).length;

it('a closed file goes out once, after the photos that its lines name, and what is being written stays', async () => {
  const harness = await begun();
  writeFileSync(join(harness.outgoing, `${NEXT}.part`), 'being written');
  const text = handOver(harness, FILE, FRONT, COUNTER);
  harness.start();
  await expect.poll(() => harness.there('out')).toEqual(['photos', FILE]);
  expect(harness.textThere(`out/${FILE}`)).toBe(text);
  expect(harness.there('out/photos')).toEqual([`${FRONT}.jpg`, `${COUNTER}.jpg`]);
  expect(harness.textThere(`out/photos/${FRONT}.jpg`)).toBe(`the photo ${FRONT}`);
  const renamed = harness.server.asked.filter((asked) => asked.startsWith('RENAME'));
  expect(renamed).toEqual([
    `RENAME /out/photos/${FRONT}.jpg.part`,
    `RENAME /out/photos/${COUNTER}.jpg.part`,
    `RENAME /out/${FILE}.part`,
  ]);

  // the receiver takes it away; a later file names one of the photos again
  rmSync(join(harness.server.root, 'out', FILE));
  rmSync(join(harness.server.root, 'out/photos', `${FRONT}.jpg`));
  handOver(harness, NEXT, FRONT);
  await expect.poll(() => harness.there('out')).toEqual(['photos', NEXT]);
  await harness.stop();
  harness.start();
  await harness.looks();
  expect(harness.there('out')).toEqual(['photos', NEXT]);
  expect(harness.there('out/photos')).toEqual([`${COUNTER}.jpg`]);
  expect(harness.events('sftp.sent')).toMatchObject([
    { file: FILE, photos: 2 },
    { file: NEXT, photos: 1 },
  ]);
});

it('what was cut off in the middle is sent again, and is there once', async () => {
  const harness = await begun();
  handOver(harness, FILE, FRONT);
  writeFileSync(join(harness.outgoing, 'photos', `${FRONT}.jpg`), Buffer.alloc(300_000, 'x'));
  harness.server.faults.cutAfterBytes = 150_000;
  harness.start();
  await expect.poll(() => harness.fault()).toContain('does not answer');
  expect(harness.there('out/photos')).toEqual([`${FRONT}.jpg.part`]);
  harness.server.faults.cutAfterBytes = undefined;
  await expect.poll(() => harness.there('out')).toEqual(['photos', FILE]);
  expect(harness.there('out/photos')).toEqual([`${FRONT}.jpg`]);
  expect(harness.textThere(`out/photos/${FRONT}.jpg`)).toHaveLength(300_000);
});

it.each(['before', 'after'])(
  'a bot that ends just %s a file gets its name there neither loses nor doubles it',
  async (when) => {
    const harness = await begun();
    const text = handOver(harness, FILE);
    harness.server.faults.before = (request) => {
      if (request === 'RENAME') throw new Error('not now');
    };
    harness.start();
    await expect.poll(() => harness.fault()).toContain('refuses what is asked');
    await harness.stop();
    // it got its name, and was taken away, before the bot heard of it
    if (when === 'after') rmSync(join(harness.server.root, 'out', `${FILE}.part`));
    harness.server.faults.before = undefined;
    harness.start();
    await harness.looks();
    expect(opened(harness, `/out/${FILE}.part`)).toBe(1);
    expect(harness.there('out')).toEqual(when === 'after' ? [] : [FILE]);
    if (when === 'before') expect(harness.textThere(`out/${FILE}`)).toBe(text);
    await harness.stop();
  },
);

it('what did not arrive as long as it is gets no name there', async () => {
  const harness = await begun();
  handOver(harness, FILE, FRONT);
  harness.server.faults.hidesBytes = 1;
  harness.start();
  await expect.poll(() => harness.fault()).toContain(`${FRONT}.jpg did not come whole`);
  expect([harness.there('out'), harness.there('out/photos')]).toEqual([['photos'], [`${FRONT}.jpg.part`]]);
  harness.server.faults.hidesBytes = undefined;
  await expect.poll(() => harness.there('out')).toEqual(['photos', FILE]);
  expect(harness.there('out/photos')).toEqual([`${FRONT}.jpg`]);
});

it('another file of that name there stays as it is, and holds no other up', async () => {
  const harness = await begun();
  harness.put(`out/${FILE}`, 'of somebody else');
  handOver(harness, FILE, FRONT);
  handOver(harness, NEXT, COUNTER);
  harness.start();
  await expect.poll(() => harness.there('out')).toEqual(['photos', FILE, NEXT]);
  expect(harness.textThere(`out/${FILE}`)).toBe('of somebody else');
  await expect.poll(() => harness.fault()).toContain(`${FILE} did not come whole`);
});

it('a photo that is here no more does not hold its file up', async () => {
  const harness = await begun();
  handOver(harness, FILE, FRONT, COUNTER);
  rmSync(join(harness.outgoing, 'photos', `${FRONT}.jpg`));
  harness.start();
  await expect.poll(() => harness.there('out')).toEqual(['photos', FILE]);
  expect(harness.there('out/photos')).toEqual([`${COUNTER}.jpg`]);
  expect(harness.events('sftp.gone')).toMatchObject([{ file: `${FRONT}.jpg` }]);
});

it('files go out though none can come in', async () => {
  const harness = await begun();
  rmSync(join(harness.server.root, 'in'), { recursive: true });
  handOver(harness, FILE);
  harness.start();
  await expect.poll(() => harness.there('out')).toEqual([FILE]);
  await expect.poll(() => harness.fault()).toContain('has no folder /in');
  mkdirSync(join(harness.server.root, 'in'));
  await expect.poll(() => harness.fault()).toBeUndefined();
});
