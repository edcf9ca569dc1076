import { LANGUAGES } from '../../../src/domain/languages.ts';
import { findingsOf } from './check-texts.ts';
import { beginLanguage } from './skeleton.ts';

const USAGE = `\
npm run texts -- check [language]   what is missing or wrong in the texts of a language, or of all
npm run texts -- new <language>     begins a language: its files, in English, and where it is to be entered

A language is a tag as browsers write it: ms, pt-BR.`;

/** Runs one command; answers the exit code. */
function run([what, tag]: readonly string[]): number {
  if (what === 'check') return check(tag === undefined ? LANGUAGES : [tag]);
  if (what === 'new' && tag !== undefined && isTag(tag)) return begin(tag);
  console.log(what === undefined || what === '--help' ? USAGE : `There is no such command.\n\n${USAGE}`);
  return what === '--help' ? 0 : 2;
}

function isTag(tag: string): boolean {
  try {
    return new Intl.Locale(tag).toString() === tag;
  } catch {
    return false;
  }
}

function check(tags: readonly string[]): number {
  const found = tags.map((tag) => ({ tag, findings: findingsOf(tag) }));
  for (const { tag, findings } of found) {
    console.log(findings.length === 0 ? `✓ ${tag}` : `✗ ${tag}: ${findings.length} to mend`);
    for (const { file, says } of findings) console.log(`  ${file}: ${says}`);
  }
  return found.some(({ findings }) => findings.length > 0) ? 1 : 0;
}

function begin(tag: string): number {
  const { written, toEnter } = beginLanguage(tag);
  for (const file of written) console.log(`Written, to be translated: ${file}`);
  for (const file of toEnter) console.log(`To be entered in: ${file}`);
  console.log(`Then: npm run texts -- check ${tag}, and npm test -- test/cards -u`);
  return 0;
}

process.exitCode = run(process.argv.slice(2));
