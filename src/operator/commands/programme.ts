import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { AppError } from '@field/kit/errors';
import { z } from 'zod';
import { schemaFiles } from '../../programme/json-schema.ts';
import { codes } from '../code-commands.ts';
import { type CommandGroup, command } from '../command.ts';
import {
  applyFolder,
  checkFolder,
  diffFolder,
  type FolderDifference,
  showProgramme,
  takeProgrammeBack,
} from '../programme.ts';
import { readCode } from '../read-code-command.ts';

const FOLDER = {
  called: 'folder',
  what: 'the folder of the programme',
  schema: z.string().min(1, 'is empty: write the name of a folder.').optional(),
};

const check = command({
  name: 'check',
  what: 'checks the files of a programme: every mistake with its file, its line and what to do',
  takes: { folder: FOLDER },
  options: {},
  run: ({ folder }, operator) => checkFolder(folder, operator),
  say: ({ folder, name, products, languages, differs }) =>
    [
      `${folder} is without a mistake: ${name}, ${products.join(', ')}, in ${languages.join(', ')}.`,
      ...(differs ? [differs] : []),
    ].join('\n'),
});

const diff = command({
  name: 'diff',
  what: 'tells what a folder says otherwise than the programme that is worked by, and what is under way meanwhile',
  takes: { folder: FOLDER },
  options: {},
  run: ({ folder }, operator) => diffFolder(folder, operator),
  say: sayDifference,
});

const apply = command({
  name: 'apply',
  what: 'makes a folder the programme that everybody works by, within ten seconds',
  takes: { folder: FOLDER },
  options: {},
  run: ({ folder }, operator) => applyFolder(folder, operator),
  say: ({ version, isNew, difference }) =>
    isNew
      ? [
          ...(difference === undefined ? [] : [sayDifference(difference)]),
          `Version ${version} is worked by from now on.`,
        ].join('\n')
      : `Version ${version} says the same: nothing is changed.`,
});

const show = command({
  name: 'show',
  what: 'shows which programme is worked by, and the versions before it',
  takes: {},
  options: {},
  run: (_, operator) => showProgramme(operator),
  say: ({ version, name, products, languages, versions }) =>
    [
      `${name}, version ${version}: ${products.join(', ')}, in ${languages.join(', ')}.`,
      ...versions.map(({ version: of, at, by, takenBackTo }) => {
        const again = takenBackTo === undefined ? '' : `, version ${takenBackTo} again`;
        return `${of}  ${at}  by ${by}${again}`;
      }),
    ].join('\n'),
});

const back = command({
  name: 'take-back',
  what: 'goes back to what an earlier version said; what was begun meanwhile goes on, and nothing of it is lost',
  takes: {
    version: {
      called: 'version',
      what: 'which one; the last one that says something else if left out',
      schema: z
        .string()
        .regex(/^[1-9]\d{0,8}$/, 'is no version: write a whole number, as programme show lists it.')
        .transform(Number)
        .optional(),
    },
  },
  options: {},
  run: ({ version }, operator) => takeProgrammeBack(version, operator),
  say: ({ version, was, isNew }) =>
    isNew
      ? `Version ${version} is worked by from now on, instead of ${was}.`
      : `Version ${version} says that: nothing is changed.`,
});

const schema = command({
  name: 'schema',
  what: 'writes what editors complete and check the files of a programme by',
  takes: { folder: { ...FOLDER, what: 'where to write it', schema: FOLDER.schema.default('programmes') } },
  options: {},
  run: async ({ folder = 'programmes' }) => ({
    files: schemaFiles().map(({ name, text }) => {
      const file = join(folder, name);
      try {
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, text);
      } catch (cause) {
        const why = cause instanceof Error ? cause.message : String(cause);
        throw new AppError('file.unwritable', { file, say: `${file} cannot be written: ${why}.` }, { cause });
      }
      return file;
    }),
  }),
  say: ({ files }) => files.join('\n'),
});

export const programme: CommandGroup = {
  name: 'programme',
  what: 'what is promoted and inspected, and how: the programme as files',
  commands: [check, diff, apply, show, back, codes, readCode, schema],
};

const MARKS = { added: '+', removed: '-', changed: '~' };

function sayDifference({ folder, version, changes, touched }: FolderDifference): string {
  if (changes.length === 0) return `${folder} says what version ${version} says.`;
  const { drafts, keptAside, failures, tasks } = touched;
  return [
    `${folder} beside version ${version}:`,
    ...changes.map(({ kind, path, before, after }) => {
      const said = [before, after].filter((text) => text !== undefined).join(' → ');
      return `${MARKS[kind]} ${path.join('.')}${said === '' ? '' : `: ${said}`}`;
    }),
    ...drafts.map(({ product, open }) => `${product}: ${open} open drafts.`),
    ...keptAside.map(
      ({ product, part, drafts: count }) => `${product}: ${count} open drafts have ${part}. It is kept aside.`,
    ),
    `Failures with a reason that changes: ${failures}. Open tasks that it changes: ${tasks}.`,
  ].join('\n');
}
