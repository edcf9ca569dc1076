import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { forgetEverything } from '../../models/database.ts';
import { addDraft } from '../../models/drafts.ts';
import { inTransaction } from '../../models/transaction.ts';
import { newDraft } from '../../src/flow/engine.ts';
import type { ProgrammeFile } from '../../src/programme/files.ts';
import { readProgramme } from '../../src/programme/read.ts';
import { programmeAtStart } from '../../src/programme-in-use/at-start.ts';
import { useModels } from '../models/store.ts';
import { logLines } from '../support/log-lines.ts';
import {
  MARKETING_CODE_FLOW,
  SHIPPED_FOLDER,
  SHIPPED_LANGUAGES,
  shippedFiles,
  withChange,
  withoutCity,
} from '../support/shipped-programme.ts';
import { typed } from './typed.ts';

useModels(undefined);
beforeEach(forgetEverything);

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function folderOf(files: readonly ProgrammeFile[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'programme-'));
  folders.push(folder);
  for (const { name, bytes } of files) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), bytes);
  }
  return folder;
}

async function start(folder: string): Promise<string> {
  const told = logLines('warn');
  await programmeAtStart({ readingOf: readProgramme, folder, log: told.log, at: 1, cause: 'start' });
  return JSON.stringify(told.lines());
}

it('check says that a folder is without a mistake, or all that is wrong with it', async () => {
  expect(await typed('programme check')).toEqual({
    exit: 0,
    out: `programmes/alipay-plus is without a mistake: alipay-plus, MARKETING_CODE, PRIMARY_POSM, RED_PACKET (off), in ${SHIPPED_LANGUAGES.join(', ')}.`,
    err: '',
  });
  const wrong = withChange('th.yaml', /before:/, 'befor:', withChange('programme.yaml', 'hour: 18', 'hour: 25'));
  const { exit, err } = await typed(`programme check ${folderOf(wrong)}`);
  expect(exit).toBe(1);
  expect(err.split('\n').map((line) => line.replace(/:\d+:\d+.*/, ''))).toEqual([
    'programme.yaml',
    'th.yaml',
    'th.yaml',
  ]);
  expect((await typed('programme check /nowhere')).err).toContain(
    'The folder of the programme, /nowhere, cannot be read',
  );
});

it('the first start applies the folder; later ones only say that it differs', async () => {
  expect(await start(SHIPPED_FOLDER)).toBe('[]');
  expect((await typed('programme show')).out).toMatch(
    /^alipay-plus, version 1: MARKETING_CODE, PRIMARY_POSM, RED_PACKET \(off\), in en, [\w, -]+\.\n1 {2}.* by system$/,
  );
  const other = folderOf(withChange('programme.yaml', 'hour: 18', 'hour: 12'));
  expect(await start(other)).toContain('programme.folderDiffers');
  expect((await typed(`programme check ${other}`)).out).toContain(
    `Version 1 of the programme is worked by, and ${other} says`,
  );
  expect((await typed('programme show')).out).toContain('version 1');
  expect(await start('/nowhere')).toContain('cannot be read');
});

it('a first start with a mistake in the folder does not start', async () => {
  const wrong = folderOf(withChange('programme.yaml', 'hour: 18', 'hour: 25'));
  await expect(start(wrong)).rejects.toMatchObject({ code: 'programme.wrong' });
  expect((await typed('programme show')).err).toContain('No programme was applied yet.');
});

it('diff counts what a change meets, apply makes it so, take-back undoes it', async () => {
  await start(SHIPPED_FOLDER);
  const answers = { store: { nameLocal: 'Mango Tea', city: 'Bangkok' } };
  for (const draftId of ['with', 'without', 'other']) {
    const begun = newDraft(MARKETING_CODE_FLOW);
    const draft = draftId === 'with' ? { ...begun, answers } : begun;
    const product = draftId === 'other' ? 'PRIMARY_POSM' : 'MARKETING_CODE';
    await inTransaction((tx) => addDraft({ draftId, userId: draftId, isoId: 'iso', product, draft, updatedAt: 1 }, tx));
  }
  const folder = folderOf(withoutCity());
  const { out } = await typed(`programme diff ${folder}`);
  expect(out).toContain('- products.MARKETING_CODE.steps.store.fields.city');
  expect(out).toContain('MARKETING_CODE: 2 open drafts.');
  expect(out).toContain('PRIMARY_POSM: 1 open drafts.');
  expect(out).toContain('MARKETING_CODE: 1 open drafts have city. It is kept aside.');
  expect((await typed(`programme apply ${folder}`)).out).toContain('Version 2 is worked by from now on.');
  expect((await typed(`programme apply ${folder}`)).out).toBe('Version 2 says the same: nothing is changed.');
  expect((await typed('programme take-back')).out).toBe('Version 3 is worked by from now on, instead of 2.');
  expect((await typed(`programme diff ${SHIPPED_FOLDER}`)).out).toBe(
    'programmes/alipay-plus says what version 3 says.',
  );
  expect((await typed('programme take-back 9')).err).toContain('There is no version 9.');
  expect((await typed('programme take-back nine')).exit).toBe(2);
});

it('the schema is written where it is asked for', async () => {
  const folder = folderOf(shippedFiles().slice(0, 0));
  const { out } = await typed(`programme schema ${folder}`);
  expect(out.split('\n')).toEqual([`${folder}/programme.schema.json`, `${folder}/words.schema.json`]);
});
