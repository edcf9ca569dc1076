import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

const NOBODY = 65_534;
const tree = mkdtempSync(join(tmpdir(), 'own-tree-'));
const lock = (packages: object): void => writeFileSync(join(tree, 'package-lock.json'), JSON.stringify({ packages }));

beforeAll(() => {
  mkdirSync(join(tree, 'scripts'));
  const scripts = readdirSync('scripts').filter((name) => name.endsWith('.mjs'));
  for (const name of scripts) cpSync(join('scripts', name), join(tree, 'scripts', name));
  for (const name of ['package.json', 'tsconfig.json']) cpSync(name, join(tree, name));
  chmodSync(tree, 0o755);
});
afterAll(() => rmSync(tree, { recursive: true, force: true }));

/** As systemd starts it: as somebody who may only read the product. */
function start(part: string) {
  const env = { PATH: process.env.PATH, DATA_DIR: '/nonexistent' };
  const options = { uid: NOBODY, gid: NOBODY, env, encoding: 'utf8' } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(tree, 'scripts/start.mjs'), part], options);
  return { status, said: `${stdout}${stderr}` };
}

it.runIf(process.getuid?.() === 0)(
  'whoever may not write where the product lies is told what its owner has to do, and a supervisor need not try again',
  () => {
    const remedy = 'and this user may not write there. Run in it, as its owner: npm ci --omit=dev && npm run build\n';
    lock({ '': {}, 'node_modules/koa': { version: '3.3.0' } });
    const why = 'lacks packages, or has others than it needs';
    expect(start('bot')).toEqual({ status: 78, said: `The product in ${tree} ${why}, ${remedy}` });
    lock({ '': {} });
    const unbuilt = `The product in ${tree} is not built from the sources that lie there, ${remedy}`;
    expect(start('bot')).toEqual({ status: 78, said: unbuilt });
    expect(start('doctor')).toEqual({ status: 1, said: unbuilt });
  },
);
