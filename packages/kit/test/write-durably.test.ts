import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { writeStream } from '../src/write-durably.ts';

const folder = mkdtempSync(join(tmpdir(), 'write-durably-'));
afterAll(() => rmSync(folder, { recursive: true }));

function openFiles(): string[] {
  return readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      return [readlinkSync(`/proc/self/fd/${fd}`)];
    } catch {
      return [];
    }
  });
}

describe('a file that is written as a stream', () => {
  it('is closed once it is said to be written, or not', async () => {
    const path = join(folder, 'closed');
    await writeStream(path, (file) => pipeline(Readable.from(['one', 'two']), file));
    expect([openFiles().includes(path), readFileSync(path, 'utf8')]).toEqual([false, 'onetwo']);
    for (let time = 0; time < 50; time += 1) {
      const broken = Readable.from(
        (function* () {
          if (time % 2 === 1) yield 'one';
          throw new Error('it breaks off');
        })(),
      );
      await expect(writeStream(path, (file) => pipeline(broken, file))).rejects.toThrow('it breaks off');
      rmSync(path);
      expect([openFiles().includes(path), readdirSync(folder)]).toEqual([false, []]);
    }
  });

  it('is not touched where it must not be there yet', async () => {
    const path = join(folder, 'there');
    writeFileSync(path, 'as it was');
    const write = writeStream(path, (file) => pipeline(Readable.from(['new']), file), { flags: 'wx' });
    await expect(write).rejects.toMatchObject({ code: 'EEXIST' });
    expect(readFileSync(path, 'utf8')).toBe('as it was');
  });
});
