import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createOutgoing } from '../../src/daily/outgoing.ts';
import { ensureBuilt } from '../support/ensure-built.ts';
import { howOften } from '../support/how-often.ts';
import { keysInClosedFiles, photosOf, spotRow } from '../support/outgoing-folder.ts';
import { seeded } from '../support/picture-canvas.ts';

const built = (path: string) => new URL(`../../dist/${path}`, import.meta.url).href;
const FILE = 'submissions_20260503_001.jsonl';
const NOON = Date.UTC(2026, 4, 3, 4);
/** Bytes from one cut to the next: in the middle of a line, and in the list of keys. */
const IN_A_LINE = howOften({ inEachRun: 41, inFull: 9 });
const IN_THE_KEYS = howOften({ inEachRun: 11, inFull: 3 });

const photos = photosOf(...Array.from({ length: 4 }, (_, n) => `photo-${n}`));
const rows = [0, 1, 2, 3].map((n) => spotRow(n, photos));
const KEYS = rows.map((row) => row.submissionKey);

const open = (dir: string) => createOutgoing({ dir, photos, clock: { now: () => NOON }, timeZone: 'Asia/Shanghai' });

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'outgoing-crash-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** The folder as it is when two rows are marked and a batch of two more was cut off at `length` bytes. */
async function crashedAt(length: number, name: string): Promise<string> {
  const dir = join(folder, name);
  await cp(join(folder, 'whole'), dir, { recursive: true });
  await truncate(join(dir, `${FILE}.part`), length);
  return dir;
}

describe('cut off anywhere in the last batch', () => {
  test('what was handed over stays, the rest is written once', async () => {
    const whole = join(folder, 'whole');
    await open(whole).append(rows.slice(0, 2));
    const path = join(whole, `${FILE}.part`);
    const marked = (await stat(path)).size;
    const keysFile = join(whole, '.keys', '202605.txt');
    const keysBefore = await readFile(keysFile);
    await open(whole).append(rows.slice(2));
    const end = (await stat(path)).size;
    await writeFile(keysFile, keysBefore);
    for (let length = marked; length <= end; length += length > end - 40 || length < marked + 40 ? 1 : IN_A_LINE) {
      const dir = await crashedAt(length, `cut-${length}`);
      const outgoing = open(dir);
      if (length % 2 === 0) await outgoing.close();
      const { handedOver } = await outgoing.append(rows);
      expect(handedOver.map((done) => done.submissionKey)).toEqual(KEYS);
      await outgoing.close();
      expect(await keysInClosedFiles(dir)).toEqual(KEYS);
      await rm(dir, { recursive: true });
    }
  });

  test('the list of keys may be cut off too', async () => {
    const whole = join(folder, 'whole-keys');
    await open(whole).append(rows);
    const { size } = await stat(join(whole, '.keys', '202605.txt'));
    for (let length = 0; length <= size; length += IN_THE_KEYS) {
      const dir = join(folder, `keys-${length}`);
      await cp(whole, dir, { recursive: true });
      await truncate(join(dir, '.keys', '202605.txt'), length);
      const { handedOver } = await open(dir).append(rows);
      expect(handedOver).toEqual(KEYS.map((submissionKey) => ({ submissionKey, file: FILE })));
      await open(dir).close();
      await open(dir).append(rows);
      await open(dir).close();
      expect(await keysInClosedFiles(dir)).toEqual(KEYS);
      await rm(dir, { recursive: true });
    }
  });

  test('zeros after the last line, as a power cut leaves them, are cut off', async () => {
    const dir = join(folder, 'zeros');
    await open(dir).append(rows.slice(0, 2));
    await writeFile(join(dir, `${FILE}.part`), Buffer.alloc(512), { flag: 'a' });
    await open(dir).append(rows);
    await open(dir).close();
    expect(await keysInClosedFiles(dir)).toEqual(KEYS);
  });
});

describe('killed at random moments', () => {
  let writer: string;
  beforeAll(async () => {
    ensureBuilt();
    writer = join(folder, 'writer.mjs');
    await writeFile(writer, WRITER);
  });

  test.each([1, 2, 3].slice(0, howOften({ inEachRun: 1, inFull: 3 })))(
    'no line is lost, doubled or torn (seed %i)',
    async (seed) => {
      const random = seeded(seed);
      const dir = join(folder, `killed-${seed}`);
      const marks = join(folder, `marks-${seed}`);
      for (let round = 0; round < 6; round++) {
        const child = spawn(process.execPath, [writer, dir, marks, String(seed * 100 + round)]);
        await saidReady(child);
        setTimeout(() => child.kill('SIGKILL'), random() * 120);
        await once(child, 'exit');
      }
      const last = spawn(process.execPath, [writer, dir, marks, 'finish']);
      expect(await once(last, 'exit')).toEqual([0, null]);
      const expected = Array.from({ length: 400 }, (_, n) => `spot-${n}#1`);
      expect((await keysInClosedFiles(dir)).toSorted()).toEqual(expected.toSorted());
    },
  );
});

async function saidReady(writer: ChildProcess): Promise<void> {
  if (writer.stdout) await once(writer.stdout, 'data');
}

/** Appends what is not marked, in batches, then marks it; closes now and then. Its marks stand for the database's. */
const WRITER = `
  import { appendFileSync, existsSync, readFileSync } from 'node:fs';
  import { createOutgoing } from '${built('src/daily/outgoing.js')}';
  import { photosOf, spotRow } from '${built('test/support/outgoing-folder.js')}';
  const [dir, marks, seed] = process.argv.slice(2);
  const photos = photosOf(...Array.from({ length: 400 }, (_, n) => 'photo-' + n));
  const marked = new Set(existsSync(marks) ? readFileSync(marks, 'utf8').split('\\n') : []);
  const left = Array.from({ length: 400 }, (_, n) => spotRow(n, photos)).filter((row) => !marked.has(row.submissionKey));
  const outgoing = createOutgoing({ dir, photos, clock: { now: () => ${NOON} }, timeZone: 'UTC' });
  let turn = Number(seed) || 0;
  process.stdout.write('ready');
  while (left.length > 0) {
    turn = (turn * 31 + 7) % 1009;
    const { handedOver } = await outgoing.append(left.splice(0, 1 + (turn % 9)));
    if (turn % 4 === 0) await outgoing.close();
    appendFileSync(marks, handedOver.map((done) => done.submissionKey + '\\n').join(''));
  }
  if (seed === 'finish') await outgoing.close();
`;
