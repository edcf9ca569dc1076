import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedStore } from '@field/embedded-store';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ensureBuilt } from '../support/ensure-built.ts';
import { operatorCommand } from '../support/world/operator-command.ts';

const MANGO = 'mango@iso.example';
const base = mkdtempSync(join(tmpdir(), 'op-'));
beforeAll(ensureBuilt);
afterAll(() => rmSync(base, { recursive: true, force: true }));

const folderNamed = (name: string): string => join(base, name);

it('opens the data itself when no bot runs; a program gets one document on stdout', async () => {
  const folder = folderNamed('alone');
  const made = await operatorCommand(folder, 'iso', 'create', '--email', MANGO, '--name', 'Mango', '--json');
  expect([made.code, JSON.parse(made.out)]).toEqual([0, expect.objectContaining({ email: MANGO, name: 'Mango' })]);
  const listed = await operatorCommand(folder, 'iso', 'list');
  expect(listed).toEqual({ code: 0, out: 'mango@iso.example  Mango  TH  0 admins, 0 staff', problem: '' });
});

it('what is refused exits with 1, what is no command with 2, both on stderr alone', async () => {
  const folder = folderNamed('refused');
  expect(await operatorCommand(folder, 'iso', 'show', MANGO)).toEqual({
    code: 1,
    out: '',
    problem: expect.stringContaining('There is no ISO with the e-mail mango@iso.example.'),
  });
  expect(await operatorCommand(folder, 'iso', 'shw')).toEqual({
    code: 2,
    out: '',
    problem: "Unknown command 'shw'. Did you mean show?\nSee: npm run op -- iso --help",
  });
});

it('a folder that something else holds is named, with where its store should be', async () => {
  const folder = folderNamed('held');
  const store = await startEmbeddedStore({ dataDir: folder, port: 0 });
  writeFileSync(join(folder, 'mongo.uri'), 'mongodb://127.0.0.1:9/field\n');
  const { code, problem } = await operatorCommand(folder, 'iso', 'list');
  await store.close();
  expect([code, problem]).toEqual([
    1,
    `The folder ${folder} is in use, but no store answers at mongodb://127.0.0.1:9/field. End what holds it, or try again in a moment.`,
  ]);
});

it('a MongoDB that does not answer is named without its password, with what to set', async () => {
  mkdirSync(folderNamed('mongodb'));
  const { code, problem } = await operatorCommand(
    {
      dataDir: folderNamed('mongodb'),
      env: { MONGODB_URI: 'mongodb://field:secret@127.0.0.1:9/field?authSource=admin' },
    },
    'iso',
    'list',
  );
  expect(code).toBe(1);
  expect(problem).toMatch(
    /^The database at mongodb:\/\/127\.0\.0\.1:9\/field \(MONGODB_URI\) does not answer: .*\. Start it, or set MONGODB_URI to another\.$/,
  );
});

it('another key than that of the data is named, and nothing is sealed with it', async () => {
  const folder = folderNamed('key');
  await operatorCommand(folder, 'iso', 'create', '--email', MANGO, '--name', 'Mango');
  await operatorCommand(folder, 'iso', 'admin', 'add', MANGO, 'som', '--name', 'Som Jai');
  const other = { dataDir: folder, env: { DATA_KEY: Buffer.alloc(32, 7).toString('base64') } };
  const problem =
    'DATA_KEY (in the demo: data.key) is not the key that sealed this data. Use the one that the bot has always had.';
  expect(await operatorCommand(other, 'iso', 'show', MANGO)).toEqual({ code: 1, out: '', problem });
  const addNok = ['iso', 'admin', 'add', MANGO, 'nok', '--name', 'Nok Suda'];
  expect(await operatorCommand(other, ...addNok)).toEqual({ code: 1, out: '', problem });
});
