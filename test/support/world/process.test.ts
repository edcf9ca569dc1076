import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { PartProcess } from './process.ts';

const STARTS_ONCE = `
  const { existsSync, writeFileSync } = require('node:fs');
  const [flag] = process.argv.slice(2);
  if (existsSync(flag)) {
    console.error('There is no room left.');
    setTimeout(() => process.exit(1), 300);
  } else {
    writeFileSync(flag, '');
    console.log('up and well');
    setInterval(() => undefined, 1_000);
  }
`;

it('a start that fails was not ready, whatever it and those before it have said', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'part-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  const entry = join(dir, 'entry.cjs');
  writeFileSync(entry, STARTS_ONCE);
  const args = [join(dir, 'flag')];
  const part = new PartProcess({
    name: 'It',
    entry,
    args,
    env: {},
    logFile: join(dir, 'log'),
    readyWords: 'up and well',
  });
  await part.start();
  await part.kill();
  await expect(part.start()).rejects.toThrow('It ended. Its last words:\nup and well\nThere is no room left.');
});
