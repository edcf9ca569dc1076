import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Entry } from '@field/dingtalk-sandbox/page-protocol';
import { describe, expect, it } from 'vitest';
import { messagesOf, translator } from '../../../cards/text.ts';
import type { TextKey } from '../../../cards/text-key.ts';
import { LANGUAGES } from '../../../src/domain/languages.ts';
import { Person, type SeenCard } from './person.ts';
import { wordsOf } from './words-of.ts';

const english = messagesOf('en');

/** Somebody whose chat is one message of the bot. */
function reader(said: string): Person {
  const entry: Entry = { kind: 'text', seq: 1, pos: 1, at: 0, from: 'bot', text: said };
  const silent = () => Promise.reject(new Error('nobody speaks here'));
  const sandbox = {
    say: silent,
    sendPictures: silent,
    sendFile: silent,
    tap: silent,
    conversation: async () => [entry],
  };
  return new Person('nok', { sandbox, untilIdle: async () => undefined });
}

describe('doesNotSee', () => {
  it.each([
    ['rejected.title', '✗ Not approved'],
    ['rejected.title', translator('th')('rejected.title')],
    ['job.title', 'Step 2 of 4 · Spots'],
    ['folded.photosKept', '✓ 12 photos kept'],
    ['folded.photosKept', 'today: ✓ Photo kept'],
    ['menu.failedSpots', '! 1 failed spot'],
  ] as const)('fails when %s stands there: %s', async (key, said) => {
    await expect(reader(said).doesNotSee(key)).rejects.toThrow(`nok sees ${key}, “`);
  });

  it('holds when it does not stand there, or with something else in its places', async () => {
    const nok = reader('Step 2 of 4 · Spots');
    await nok.doesNotSee('rejected.title');
    await nok.doesNotSee('job.title', { args: { step: 3 } });
    await expect(nok.doesNotSee('job.title', { args: { step: 2, place: 'Spots' } })).rejects.toThrow(
      'nok sees job.title',
    );
  });

  it('looks at one card alone when it is given', async () => {
    const card: SeenCard = { outTrackId: 't1', title: 'Menu', text: 'bot: == Menu ==', buttons: [], forms: [] };
    await reader('✗ Not approved').doesNotSee('rejected.title', { on: card });
    await expect(
      reader('').doesNotSee('rejected.title', { on: { ...card, text: '✗ Not approved' } }),
    ).rejects.toThrow();
  });

  it('refuses a text that can be without a word: only places, or words that may be left out', async () => {
    await expect(reader('').doesNotSee('findings.one')).rejects.toThrow('findings.one can be without a word in en');
    await expect(reader('').doesNotSee('waiting.names')).rejects.toThrow('waiting.names can be without a word in en');
  });

  it('refuses no other', () => {
    const refused = (Object.keys(english) as TextKey[]).filter((key) => wordsIn(key) === undefined);
    expect(refused.filter((key) => !LANGUAGES.some((language) => isWordless(messagesOf(language)[key] ?? '')))).toEqual(
      [],
    );
  });

  it.each(LANGUAGES)('would see every other text of ours in %s', (language) => {
    const unseen = (Object.keys(english) as TextKey[]).filter((key) => {
      const words = wordsIn(key);
      return words !== undefined && !words.test(translator(language)(key, filled(key)).replaceAll('**', ''));
    });
    expect(unseen).toEqual([]);
  });
});

/** Whether nothing but places and choices stands in a message. */
function isWordless(message: string): boolean {
  const outside = message.replaceAll(/\{[^{}]*\}/g, '');
  return outside === message ? !/\p{L}/u.test(message) : isWordless(outside);
}

/** Undefined for a text that may be without words. */
function wordsIn(key: TextKey): RegExp | undefined {
  try {
    return wordsOf(key);
  } catch {
    return undefined;
  }
}

/** Something in every place of a text. */
function filled(key: TextKey): Record<string, number> {
  return Object.fromEntries([...(english[key]?.matchAll(/\{(\w+)/g) ?? [])].map(([, place]) => [place, 2]));
}

describe('what a test denies', () => {
  it('names a text of ours by its key, never by its words', () => {
    const files = ['test/scenarios', 'test/invariants', 'test/support/conversations'].flatMap((folder) =>
      readdirSync(folder).map((file) => join(folder, file)),
    );
    const denials = files.flatMap((file) =>
      readFileSync(file, 'utf8')
        .split('\n')
        .filter(denies)
        .map((line) => ({ file, line })),
    );
    const copied = denials.filter(({ line }) => quoted(line).some(isOurs));
    expect(copied).toEqual([]);
    expect(['Not approved', 'Photo kept'].every(isOurs)).toBe(true);
  });
});

function denies(line: string): boolean {
  return /\.(has|card)\(.*toBe\(false\)|\.not\.to/.test(line);
}

function quoted(line: string): string[] {
  return [...line.matchAll(/'([^']+)'|\/([^/]+)\//g)].map(([, words, pattern]) => words ?? pattern ?? '');
}

function isOurs(words: string): boolean {
  return words.length > 3 && Object.values(english).some((text) => text.includes(words));
}
