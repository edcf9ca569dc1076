import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compilePattern } from '../../src/programme/code-pattern.ts';
import { lineOf } from '../../src/programme/mistake.ts';
import { readProgramme } from '../../src/programme/read.ts';
import { howOften } from '../support/how-often.ts';
import { shippedFiles } from '../support/shipped-programme.ts';

const shipped = shippedFiles();
const texts = shipped.filter(({ name }) => name.endsWith('.yaml'));

it('whatever is cut out of a file, put into it or doubled: a programme, or mistakes that stand in their files', () => {
  const change = fc.record({
    file: fc.constantFrom(...texts),
    from: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.nat(200),
    text: fc.oneof(
      fc.string(),
      fc.constantFrom('\n', '- ', ': ', '&a ', '*store', '{', ']', "'", '<<: *store\n', '\u0000', '!!js '),
    ),
  });
  fc.assert(
    fc.property(change, ({ file, from, length, text }) => {
      const before = Buffer.from(file.bytes).toString('utf8');
      const at = Math.floor(from * before.length);
      const bytes = Buffer.from(before.slice(0, at) + text + before.slice(at + length));
      const reading = readProgramme(shipped.map((one) => (one.name === file.name ? { ...one, bytes } : one)));
      if ('programme' in reading) return;
      expect(reading.mistakes.length).toBeGreaterThan(0);
      for (const mistake of reading.mistakes) {
        const of = mistake.file === file.name ? bytes : shipped.find(({ name }) => name === mistake.file)?.bytes;
        const lines = Buffer.from(of ?? [])
          .toString('utf8')
          .split('\n').length;
        expect(mistake.line, lineOf(mistake)).toBeLessThanOrEqual(lines);
        expect(lineOf(mistake)).toMatch(/^[\w./-]+:[1-9]\d*:[1-9]\d* {2}\S/);
      }
    }),
    { numRuns: howOften({ inEachRun: 12, inFull: 150 }) },
  );
});

it('any bytes at all are read, or refused', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
      expect(readProgramme([{ name: 'programme.yaml', bytes }])).toHaveProperty('mistakes');
    }),
    { numRuns: howOften({ inEachRun: 60, inFull: 300 }) },
  );
});

it('a pattern that keeps other engines for ever is matched, or refused', () => {
  const hostile = [`${'a'.repeat(7_999)}!`, 'a'.repeat(8_000), '0'.repeat(8_000), `https://${'a/'.repeat(3_990)}`];
  const evil = [
    '^(?<serial>(a+)+)$',
    '^(?<serial>(a|a)*)$',
    '^(?<serial>(a|aa)+)$',
    '^(.*a){20}(?<serial>x)$',
    '^(?<serial>([a-z]+)*)!$',
  ];
  for (const written of evil) {
    const pattern = compilePattern(written, false);
    if ('wrong' in pattern) continue;
    // one that goes back and tries again would never come here
    for (const text of hostile) expect(['string', 'undefined']).toContain(typeof pattern.serialIn(text));
  }
});

it('whatever is written as a pattern compiles or is a sentence, and never throws', () => {
  const piece = fc.constantFrom(
    '(?<serial>',
    '(',
    ')',
    'a',
    '[A-Z]',
    '{12}',
    '*',
    '+',
    '?',
    '|',
    '\\d',
    '.',
    '{1000}',
    '(?i)',
    '[^',
    '\\1',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 20 }), fc.string(), (pieces, text) => {
      const pattern = compilePattern(`^${pieces.join('')}$`, true);
      if ('wrong' in pattern) expect(pattern.wrong).toMatch(/^\S/);
      else expect(['string', 'undefined']).toContain(typeof pattern.serialIn(text));
    }),
  );
});
