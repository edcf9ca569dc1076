import { isLanguage, type Language } from '../domain/languages.ts';
import type { Check, Finding } from './checks/check.ts';
import { CHECKS } from './checks/checks.ts';
import { wordFindings } from './checks/words.ts';
import { expectedWords } from './expected-words.ts';
import { PROGRAMME_FILE, type ProgrammeFile } from './files.ts';
import { pathName } from './form-mistakes.ts';
import { inOrder, type Mistake } from './mistake.ts';
import { missingPictures, wrongPictures } from './pictures.ts';
import type { Programme, ProgrammeFacts, Words } from './programme.ts';
import { fileReader, type ReadFile } from './read-file.ts';
import { PROGRAMME_SCHEMA } from './schema.ts';
import { WORDS_SCHEMA } from './words-schema.ts';
import type { YamlFile } from './yaml-file.ts';

type Reader<Value> = ReturnType<typeof fileReader<Value>>;

const readFacts: Reader<ProgrammeFacts> = fileReader(PROGRAMME_SCHEMA, 'programme.schema.json');
const readWords: Reader<Words> = fileReader(WORDS_SCHEMA, 'words.schema.json');

/** A programme that can be worked by, or everything that is wrong with it. */
export type Reading = { readonly programme: Programme } | { readonly mistakes: readonly Mistake[] };

/**
 * Reads a programme from its files, whatever they hold: never throws, and takes time in proportion to their size. The form of every
 * file is looked at at once; what holds them together as soon as `programme.yaml` is right in form. `further` is asked besides.
 */
export function readProgramme(files: readonly ProgrammeFile[], further: readonly Check[] = []): Reading {
  const own = fileOrMistake(files, PROGRAMME_FILE, readFacts);
  const facts = 'value' in own ? own.value : undefined;
  const languages = facts?.languages ?? languagesOf(files);
  const translations = languages.map((language) => ({
    language,
    read: fileOrMistake(files, fileOf(language), readWords),
  }));
  const mistakes = [
    ...('value' in own ? [] : own.mistakes),
    ...translations.flatMap(({ read }) => ('value' in read ? [] : read.mistakes)),
    ...wrongPictures(files),
    ...(facts === undefined ? [] : strangers(files, facts)),
  ];
  if (!('value' in own)) return { mistakes: inOrder(mistakes) };
  const checks = [...CHECKS, ...further];
  const found = [...checks.flatMap((check) => check(own.value)), ...missingPictures(own.value, files)];
  mistakes.push(...found.map((finding) => placed(own.yaml, finding)));
  const expected = expectedWords(own.value);
  const words = new Map<Language, Words>();
  for (const { language, read } of translations) {
    if (!('value' in read)) continue;
    words.set(language, read.value);
    mistakes.push(...wordFindings(read.value, expected).map((finding) => placed(read.yaml, finding)));
  }
  return mistakes.length > 0 ? { mistakes: inOrder(mistakes) } : { programme: { ...own.value, words } };
}

function fileOf(language: Language): string {
  return `${language}.yaml`;
}

function languagesOf(files: readonly ProgrammeFile[]): readonly Language[] {
  return files.map(({ name }) => name.replace(/\.yaml$/, '')).filter(isLanguage);
}

/** Files whose words nobody would see. */
function strangers(files: readonly ProgrammeFile[], { languages }: ProgrammeFacts): readonly Mistake[] {
  const known = [PROGRAMME_FILE, ...languages.map(fileOf)];
  return files.flatMap(({ name: file }) =>
    file.endsWith('.yaml') && !known.includes(file)
      ? [
          {
            file,
            line: 1,
            column: 1,
            say: `is not read: add its language to languages in ${PROGRAMME_FILE}, or remove it.`,
          },
        ]
      : [],
  );
}

function placed(yaml: YamlFile, { path, say }: Finding): Mistake {
  return yaml.mistakeAt(path, pathName(path, yaml.value), say);
}

function fileOrMistake<Value>(files: readonly ProgrammeFile[], name: string, read: Reader<Value>): ReadFile<Value> {
  const file = files.find((one) => one.name === name);
  if (file !== undefined) return read(name, file.bytes);
  return { mistakes: [{ file: name, line: 1, column: 1, say: 'is not there: a programme needs it.' }] };
}
