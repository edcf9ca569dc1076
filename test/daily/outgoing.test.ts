import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createOutgoing } from '../../src/daily/outgoing.ts';
import { keysInClosedFiles, photosOf, spotRow } from '../support/outgoing-folder.ts';

let dir: string;
beforeEach(async () => {
  dir = join(await mkdtemp(join(tmpdir(), 'outgoing-')), 'outgoing');
});
afterEach(() => rm(join(dir, '..'), { recursive: true }));

const photos = photosOf(...Array.from({ length: 20 }, (_, n) => `photo-${n}`));
const row = (n: number) => spotRow(n, photos);

/** Noon of 3 May 2026 in the programme's time zone. */
const NOON = Date.UTC(2026, 4, 3, 4);
const HOUR = 3_600_000;

function outgoingAt(now: { at: number }) {
  return createOutgoing({ dir, photos, clock: { now: () => now.at }, timeZone: 'Asia/Shanghai' });
}

const files = async () => (await readdir(dir)).filter((name) => name.startsWith('submissions')).sort();

describe('handing over', () => {
  test('a row becomes one line of a file that is unfinished until it is closed, with its photo beside it', async () => {
    const outgoing = outgoingAt({ at: NOON });
    const { handedOver, failed } = await outgoing.append([row(1), row(2)]);
    const file = 'submissions_20260503_001.jsonl';
    expect(handedOver).toEqual([1, 2].map((n) => ({ submissionKey: `spot-${n}#1`, file })));
    expect(failed).toEqual([]);
    expect(await files()).toEqual([`${file}.part`]);
    expect(await outgoing.close()).toBe(file);
    expect(await files()).toEqual([file]);
    expect(await keysInClosedFiles(dir)).toEqual(['spot-1#1', 'spot-2#1']);
    const [line] = (await readFile(join(dir, file), 'utf8')).split('\n');
    expect(JSON.parse(line ?? '')).toEqual(row(1).line);
  });

  test('nothing handed in leaves no file', async () => {
    const outgoing = outgoingAt({ at: NOON });
    expect(await outgoing.append([])).toEqual({ handedOver: [], failed: [] });
    expect(await outgoing.close()).toBeUndefined();
    expect(await files()).toEqual([]);
  });

  test('the same row again answers with the file it is in, and stands there once', async () => {
    const now = { at: NOON };
    await outgoingAt(now).append([row(1), row(1)]);
    await outgoingAt(now).close();
    const { handedOver } = await outgoingAt(now).append([row(1), row(2)]);
    expect(handedOver).toEqual([
      { submissionKey: 'spot-1#1', file: 'submissions_20260503_001.jsonl' },
      { submissionKey: 'spot-2#1', file: 'submissions_20260503_002.jsonl' },
    ]);
    await outgoingAt(now).close();
    expect(await keysInClosedFiles(dir)).toEqual(['spot-1#1', 'spot-2#1']);
  });

  test('a row stays handed over, and its number used, after the receiver took file and photos away', async () => {
    const now = { at: NOON };
    const outgoing = outgoingAt(now);
    await outgoing.append([row(1)]);
    await rm(join(dir, (await outgoing.close()) ?? ''));
    await rm(join(dir, 'photos'), { recursive: true });
    const later = outgoingAt({ at: NOON + HOUR });
    expect(await later.contains('spot-1#1')).toBe('submissions_20260503_001.jsonl');
    expect((await later.append([row(1)])).handedOver[0]?.file).toBe('submissions_20260503_001.jsonl');
    expect(await files()).toEqual([]);
    await later.append([row(2)]);
    expect(await later.close()).toBe('submissions_20260503_002.jsonl');
    expect(await keysInClosedFiles(dir)).toEqual(['spot-2#1']);
  });

  test('after everything was removed it begins anew, and hands over as before', async () => {
    const outgoing = outgoingAt({ at: NOON });
    await outgoing.append([row(1), row(2)]);
    await outgoing.close();
    await outgoing.clear();
    expect(await outgoing.contains('spot-1#1')).toBeUndefined();
    expect(await outgoing.append([row(3)])).toMatchObject({ handedOver: [{ submissionKey: 'spot-3#1' }], failed: [] });
    expect(await files()).toEqual(['submissions_20260503_001.jsonl.part']);
  });

  test("a file carries the programme's day, and never holds two", async () => {
    const now = { at: Date.UTC(2026, 4, 3, 15, 59) };
    const outgoing = outgoingAt(now);
    await outgoing.append([row(1)]);
    now.at += 2 * 60_000;
    await outgoing.append([row(2)]);
    expect(await files()).toEqual(['submissions_20260503_001.jsonl', 'submissions_20260504_001.jsonl.part']);
  });

  test('rows handed in at once by several callers stand there once each', async () => {
    const outgoing = outgoingAt({ at: NOON });
    await Promise.all([1, 2, 1, 3, 2, 1].map((n) => outgoing.append([row(n)])));
    await outgoing.close();
    expect((await keysInClosedFiles(dir)).toSorted()).toEqual(['spot-1#1', 'spot-2#1', 'spot-3#1']);
  });

  test('two writers that take turns do not repeat what the other wrote', async () => {
    const [one, other] = [outgoingAt({ at: NOON }), outgoingAt({ at: NOON })];
    await one.append([row(1)]);
    await other.append([row(1), row(2)]);
    await other.close();
    await one.append([row(1), row(2), row(3)]);
    await one.close();
    expect(await keysInClosedFiles(dir)).toEqual(['spot-1#1', 'spot-2#1', 'spot-3#1']);
  });

  test('only the owner can read any of it', async () => {
    const outgoing = outgoingAt({ at: NOON });
    await outgoing.append([row(1)]);
    await outgoing.close();
    for (const entry of await readdir(dir, { recursive: true, withFileTypes: true })) {
      const { mode } = await stat(join(entry.parentPath, entry.name));
      expect(mode & 0o777).toBe(entry.isDirectory() ? 0o700 : 0o600);
    }
    expect((await stat(dir)).mode & 0o777).toBe(0o700);
  });
});

describe('what cannot be handed over', () => {
  test('a row whose photo is missing or damaged fails alone', async () => {
    const damaged = photosOf('photo-5');
    await damaged.put(damaged.hashOf('photo-5'), Buffer.from('something else'));
    const outgoing = createOutgoing({ dir, photos: damaged, clock: { now: () => NOON }, timeZone: 'UTC' });
    await damaged.put(damaged.hashOf('photo-7'), Buffer.from('photo-7'));
    const { handedOver, failed } = await outgoing.append([row(5), row(6), row(7)]);
    expect(handedOver.map((done) => done.submissionKey)).toEqual(['spot-7#1']);
    expect(failed.map(({ submissionKey, error }) => [submissionKey, error.code])).toEqual([
      ['spot-5#1', 'photo.missing'],
      ['spot-6#1', 'photo.missing'],
    ]);
  });

  test('a line that has not the columns fails alone, and no personal value stands in the error', async () => {
    const outgoing = outgoingAt({ at: NOON });
    const bad = { submissionKey: 'spot-9#1', line: { ...row(9).line, staffName: 'secret' }, photoHashes: [] };
    const { failed, handedOver } = await outgoing.append([bad, row(1)]);
    expect(handedOver).toHaveLength(1);
    expect(failed).toMatchObject([{ submissionKey: 'spot-9#1', error: { kind: 'bug' } }]);
    expect(failed[0]?.error.message).not.toContain('secret');
  });

  test('a place that cannot be written is said by name, and mended it goes on', async () => {
    await outgoingAt({ at: NOON }).close();
    await rm(join(dir, 'photos'), { recursive: true });
    await writeFile(join(dir, 'photos'), 'a file in the way');
    const outgoing = outgoingAt({ at: NOON });
    await expect(outgoing.append([row(1)])).rejects.toMatchObject({ code: 'folder.unwritable' });
    await rm(join(dir, 'photos'));
    await chmod(dir, 0o700);
    expect((await outgoing.append([row(1)])).handedOver).toHaveLength(1);
  });
});

describe('what lies there long', () => {
  const DAY = 24 * HOUR;
  const photosThere = async () => (await readdir(join(dir, 'photos'))).length;

  test('goes with its photos, file by file; what is named again stays, and nothing is handed over twice', async () => {
    const now = { at: NOON };
    const outgoing = outgoingAt(now);
    await outgoing.append([row(1), row(2)]);
    await outgoing.close();
    now.at += 40 * DAY;
    // the same photo in a later line
    const again = {
      ...row(1),
      submissionKey: 'spot-1#2',
      line: { ...row(1).line, submissionKey: 'spot-1#2', revision: 2 },
    };
    await outgoing.append([again]);
    await outgoing.close();
    expect(await outgoing.removeBefore('20260504')).toBe(2);
    expect(await files()).toEqual(['submissions_20260612_001.jsonl']);
    expect(await keysInClosedFiles(dir)).toEqual(['spot-1#2']);
    expect(await photosThere()).toBe(1);
    const { handedOver } = await outgoing.append([row(2)]);
    expect(handedOver).toEqual([{ submissionKey: 'spot-2#1', file: 'submissions_20260503_001.jsonl' }]);
    expect(await outgoing.removeBefore('20260504')).toBe(0);
  });

  test('a file that is being written stays, and so do the lists of keys that are read', async () => {
    const now = { at: NOON };
    for (const months of [0, 1, 2, 3, 4]) {
      now.at = NOON + months * 31 * DAY;
      const outgoing = outgoingAt(now);
      await outgoing.append([row(months)]);
      if (months < 4) await outgoing.close();
    }
    await outgoingAt(now).removeBefore('20270101');
    expect(await files()).toEqual(['submissions_20260904_001.jsonl.part']);
    expect(await readdir(join(dir, '.keys'))).toEqual(['202607.txt', '202608.txt', '202609.txt']);
  });
});
