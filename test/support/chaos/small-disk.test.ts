import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { SmallDisk } from './small-disk.ts';

const dir = mkdtempSync(join(tmpdir(), 'small-disk-'));
mkdirSync(join(dir, 'bot'));
const [disk] = SmallDisk.at({ bot: join(dir, 'bot') });

test.runIf(disk !== undefined)('a disk that is called full takes nothing, and takes it again once it is not', () => {
  onTestFinished(() => {
    disk?.close();
    rmSync(dir, { recursive: true });
  });
  const write = (): void => writeFileSync(join(dir, 'bot', 'row'), Buffer.alloc(64 * 1024));
  write();
  expect(disk?.fills()).toBe(true);
  expect(() => writeFileSync(join(dir, 'bot', 'another'), Buffer.alloc(64 * 1024))).toThrow(/ENOSPC/);
  disk?.empties();
  expect(write).not.toThrow();
});
