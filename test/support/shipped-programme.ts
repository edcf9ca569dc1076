import { readdirSync, readFileSync } from 'node:fs';
import type { Programmes } from '../../models/programme-in-use.ts';
import type { FieldDefinition, FlowDefinition, Product } from '../../src/domain/flows/definition.ts';
import type { ProgrammeFile } from '../../src/programme/files.ts';
import { lineOf } from '../../src/programme/mistake.ts';
import type { Programme } from '../../src/programme/programme.ts';
import { type Reading, readProgramme } from '../../src/programme/read.ts';
import { type VersionedProgramme, versionedProgramme } from '../../src/programme/versioned-programme.ts';
import { wordsByPlace } from '../../src/programme/word-texts.ts';
import { createReadings } from '../../src/programme-in-use/readings.ts';

export const SHIPPED_FOLDER = 'programmes/alipay-plus';

/** The programme that is shipped, file by file. */
export function shippedFiles(): readonly ProgrammeFile[] {
  const names = readdirSync(SHIPPED_FOLDER, { recursive: true }).map(String);
  return names
    .filter((name) => /\.(?:yaml|jpg)$/.test(name))
    .map((name) => ({ name, bytes: readFileSync(`${SHIPPED_FOLDER}/${name}`) }));
}

/** Read from its files, and where this is built as the build has read it. */
export function shippedProgramme(): Programme {
  return orThrown(createReadings()(shippedFiles()));
}

const SHIPPED = shippedProgramme();

/** The shipped one as the first version, and no other. */
export const SHIPPED_PROGRAMMES = programmesOf(SHIPPED);

/** What a product asks by the programme that is shipped. */
export function shippedFlow(product: Product): FlowDefinition {
  return SHIPPED_PROGRAMMES.current().flowOf(product);
}

/** These programmes as versions from 1 on; the last one is worked by. */
export function programmesOf(...versions: readonly Programme[]): Programmes {
  const held = versions.map((programme, index) => versionedProgramme(index + 1, programme, shippedFiles()));
  const at = (version: number): VersionedProgramme => {
    const found = held[version - 1];
    if (found === undefined) throw new Error(`there is no version ${version}`);
    return found;
  };
  return { current: () => at(held.length), at: async (version) => at(version) };
}

/** Those that it has words in, a file each. */
export const SHIPPED_LANGUAGES = SHIPPED.languages;
export const SHIPPED_WORDS = wordsByPlace(SHIPPED);
export const MARKETING_CODE_FLOW = shippedFlow('MARKETING_CODE');
export const PRIMARY_POSM_FLOW = shippedFlow('PRIMARY_POSM');
export const SHIPPED_FLOWS = [MARKETING_CODE_FLOW, PRIMARY_POSM_FLOW] as const;

/** Why something fails by the programme that is shipped. */
export const SHIPPED_REASONS = SHIPPED_PROGRAMMES.current().reasons;

/** How payments and inspections are by the programme that is shipped, and its version. */
export const SHIPPED_INSPECTION = { programme: 1, rules: SHIPPED_PROGRAMMES.current().inspection } as const;

/** A field of a product that is shipped, with its words. */
export function shippedField(name: string, product: Product = 'MARKETING_CODE'): FieldDefinition {
  const field = shippedFlow(product)
    .steps.flatMap(({ fields }) => fields)
    .find((one) => one.name === name);
  if (field === undefined) throw new Error(`no field is called ${name}`);
  return field;
}

/** Throws with every mistake. */
export function programmeOf(files: readonly ProgrammeFile[]): Programme {
  return orThrown(readProgramme(files));
}

function orThrown(reading: Reading): Programme {
  if ('mistakes' in reading) throw new Error(reading.mistakes.map(lineOf).join('\n'));
  return reading.programme;
}

/** Files with one text in one of them replaced; throws where it does not stand there. */
export function withChange(
  file: string,
  old: string | RegExp,
  text: string,
  files: readonly ProgrammeFile[] = shippedFiles(),
): readonly ProgrammeFile[] {
  return files.map(({ name, bytes }) => {
    if (name !== file) return { name, bytes };
    const before = Buffer.from(bytes).toString('utf8');
    const after = before.replace(old, text);
    if (after === before) throw new Error(`${old} does not stand in ${file}`);
    return { name, bytes: Buffer.from(after) };
  });
}

/** Files with one text in each file of words replaced; throws where it does not stand in one of them. */
export function withChangedWords(
  old: string | RegExp,
  text: string,
  files: readonly ProgrammeFile[] = shippedFiles(),
): readonly ProgrammeFile[] {
  return SHIPPED_LANGUAGES.reduce((changed, language) => withChange(`${language}.yaml`, old, text, changed), files);
}

/** The shipped files without the field `city`, and without its words. */
export function withoutCity(): readonly ProgrammeFile[] {
  const programme = withChange('programme.yaml', / {10}- \{ id: city,.*\n/, '');
  return withChangedWords(/ {2}city:\n.*\n/, '', programme);
}

/** Every mistake of these files, a line each. */
export function mistakesIn(files: readonly ProgrammeFile[]): readonly string[] {
  const reading = readProgramme(files);
  return 'mistakes' in reading ? reading.mistakes.map(lineOf) : [];
}
