import { mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SAVE_REMEDIES } from '@field/kit/cannot-save';
import { Registry } from 'prom-client';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type StoreWatch, watchStore } from '../../src/wiring/store-watch.ts';
import { useModels } from '../models/store.ts';
import { logLines } from '../support/log-lines.ts';

const { onDisk } = useModels(undefined);
const WELL = { store: { ok: true }, disk: { ok: true } };

let dataDir = '';
let watch: StoreWatch | undefined;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'watched-'));
});
afterEach(() => {
  watch?.close();
  rmSync(dataDir, { recursive: true, force: true });
});

function watching(lowBytes = 0) {
  const { log, of } = logLines('info');
  const metrics = new Registry();
  const back: string[] = [];
  watch = watchStore({
    dataDir,
    lowBytes,
    log,
    metrics,
    machine: () => Date.now(),
    savesAgain: () => back.push('saves'),
  });

  return { watch, of, metrics, back };
}

it('a disk that takes no row turns the light red with what to do, and green again by itself', async () => {
  const { watch: watched, of, metrics, back } = watching();
  await watched.look();
  expect(watched.health()).toEqual(WELL);
  onDisk('failing');
  await watched.look();
  await watched.look();
  expect(watched.health().store).toEqual({ ok: false, detail: SAVE_REMEDIES.failing });
  expect(await metrics.metrics()).toContain('field_saves 0');
  expect(back).toEqual([]);
  onDisk(undefined);
  await watched.look();
  expect(watched.health()).toEqual(WELL);
  expect(back).toEqual(['saves']);
  expect(await metrics.metrics()).toContain('field_saves 1');
  expect([of('store.cannotSave').length, of('store.savesAgain').length]).toEqual([1, 1]);
});

it('a data folder that takes no file is said as well, and leaves nothing behind', async () => {
  const { watch: watched } = watching();
  await watched.look();
  expect(readdirSync(dataDir)).toEqual([]);
  renameSync(dataDir, `${dataDir}-gone`);
  await watched.look();
  expect(watched.health()).toEqual({ store: { ok: true }, disk: { ok: false, detail: SAVE_REMEDIES.failing } });
  renameSync(`${dataDir}-gone`, dataDir);
  await watched.look();
  expect(watched.health()).toEqual(WELL);
});

it('little room is told before it is none, once, and holds up nobody', async () => {
  const { watch: watched, of, metrics } = watching(Number.MAX_SAFE_INTEGER);
  await watched.look();
  await watched.look();
  expect(watched.health().disk).toMatchObject({ ok: false, essential: false });
  expect(of('disk.low')).toHaveLength(1);
  expect(await metrics.metrics()).toMatch(/field_data_dir_free_bytes [1-9]/);
});
