import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { shippedProgramme } from '../support/shipped-programme.ts';

/** The names that the glossary fixes, with what stands for each in the other languages; `_ours_` where the programme has none there. */
function fixedNames(): readonly { readonly en: string; readonly 'zh-CN': string; readonly th: string }[] {
  const [table = ''] = readFileSync('cards/locales/GLOSSARY.md', 'utf8').split('**our words**');
  const rows = table.split('\n').filter((line) => /^\| [A-Za-z]/.test(line));
  return rows.slice(1).map((line) => {
    const [, en = '', zh = '', th = ''] = line.split('|').map((cell) => cell.trim());
    return { en, 'zh-CN': zh, th };
  });
}

/** They are also what somebody does, or who somebody is, in a sentence of our own. */
const ORDINARY = ['Modify', 'Appeal', 'staff (of the ISO)', 'POSM', 'Alipay', 'staff waiting for approval (list)'];

function textsIn(value: unknown, place = ''): readonly (readonly [string, string])[] {
  if (typeof value === 'string') return [[place, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => textsIn(inner, `${place}.${key}`));
}

function saidIn(language: 'en' | 'zh-CN' | 'th'): ReadonlyMap<string, string> {
  const own = JSON.parse(readFileSync(`cards/locales/${language}.json`, 'utf8'));
  return new Map([...textsIn(own, 'cards'), ...textsIn(shippedProgramme().words.get(language), 'programme')]);
}

/** As a word of its own; a name with a capital is written with it. What is filled in says nothing. */
function isSaid(name: string, text: string): boolean {
  const written = name.replaceAll(/[+]/g, '\\$&');
  const flags = name === name.toLowerCase() ? 'i' : '';
  return new RegExp(`(?<![\\w+])${written}(?![\\w+])`, flags).test(text.replaceAll(/\{\w+\}/g, ''));
}

it('every name that is fixed is said in its official form, wherever the English text has it', () => {
  const [english, ...others] = [saidIn('en'), ['zh-CN', saidIn('zh-CN')], ['th', saidIn('th')]] as const;
  const names = fixedNames().filter(({ en }) => !ORDINARY.includes(en));
  expect(names.map(({ en }) => en)).toEqual(expect.arrayContaining(['Payment Verification', 'deployment fee']));
  const wrong: string[] = [];
  for (const [place, text] of english)
    for (const name of names) {
      if (!isSaid(name.en, text)) continue;
      for (const [language, texts] of others) {
        const forms = name[language]
          .replace('_ours_', '')
          .split(',')
          .map((form) => form.trim());
        const said = (texts.get(place) ?? '').replaceAll(/\s/g, '');
        if (!forms.some((form) => said.includes(form.replaceAll(/\s/g, ''))))
          wrong.push(`${language} ${place}: ${name.en}`);
      }
    }
  expect(wrong).toEqual([]);
});
