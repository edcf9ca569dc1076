import fc from 'fast-check';
import { expect, it } from 'vitest';
import { asDocumented, type Spelling } from '../../src/daily/incoming/spellings.ts';
import { isDearer } from '../support/cpu-cost.ts';

it.each<[Spelling, cell: string, meant: string]>([
  ['flag', 'TRUE', 'true'],
  ['flag', 'False', 'false'],
  ['flag', 'Yes', 'true'],
  ['flag', '0.0', 'false'],
  ['flag', 'maybe', 'maybe'],
  ['flag', '__proto__', '__proto__'],
  ['whole', '1.0', '1'],
  ['whole', '2,00', '2'],
  ['whole', '007', '7'],
  ['whole', '1.5', '1.5'],
  ['whole', '1.000', '1.000'],
  ['whole', '-1', '-1'],
  ['whole', '0', '0'],
  ['whole', '+00', '0'],
  ['whole', '00.0', '0'],
  ['whole', '0x', '0x'],
  ['word', 'user presented', 'USER_PRESENTED'],
  ['list', 'A ; B, C', 'A|B|C'],
  ['key', "'0012", '0012'],
  ['key', "'", "'"],
  ['key', "''\u200b'x'", "x'"],
  ['key', " '\u200b' ", "'\u200b'"],
  ['key', "\u200b''x \u{e0001}", 'x'],
  ['key', ' \u200b ', ''],
  ['key', 'a\u200b\u00a0', 'a'],
  ['key', 'a b', 'a b'],
  ['day', '2026/5/3', '2026-05-03'],
  ['day', '2026.05.03', '2026-05-03'],
  ['day', '2026-05-03T00:00:00', '2026-05-03'],
  ['day', '2026-05-03 12:00', '2026-05-03 12:00'],
  ['day', '03/05/2026', '03/05/2026'],
  ['time', '2026-05-04 03:00:00+0700', '2026-05-04T03:00:00+07:00'],
  ['time', '2026-05-04 03:00:00,5 UTC', '2026-05-04T03:00:00.5Z'],
  ['time', '2026-05-04T03:00z', '2026-05-04T03:00Z'],
  ['time', '2026-05-04 03:00:00', '2026-05-04 03:00:00'],
])('a %s spelled %s is %s, and that stays', (spelling, cell, meant) => {
  expect(asDocumented(cell, spelling)).toBe(meant);
  expect(asDocumented(meant, spelling)).toBe(meant);
});

it('what was read once reads the same again, whatever it was', () => {
  const spellings: readonly Spelling[] = ['key', 'flag', 'whole', 'word', 'list', 'day', 'time'];
  const cell = fc.oneof(
    fc.string(),
    fc.stringMatching(/^['\u200b]{0,3}[-+0-9.,:/TZ' ]{0,25}$/),
    fc.string({ unit: 'grapheme' }),
  );
  fc.assert(
    fc.property(cell, fc.constantFrom(...spellings), (written, spelling) => {
      const meant = asDocumented(written, spelling);
      expect(asDocumented(meant, spelling)).toBe(meant);
    }),
  );
});

it('what is passed over as spelled as documented is what the rules make of it', () => {
  const documented: readonly (readonly [Spelling, RegExp])[] = [
    ['key', /^[!-&(-~]{1,30}$/],
    ['flag', /^(true|false)$/],
    ['whole', /^(0|[1-9]\d{0,8})$/],
    ['word', /^[A-Z_]{1,20}$/],
    ['list', /^[A-Z_]{1,9}(\|[A-Z_]{1,9}){0,4}$/],
    ['day', /^\d{4}-\d\d-\d\d$/],
    ['time', /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)$/],
  ];
  const cell = fc.constantFrom(...documented).chain(([spelling, form]) => {
    return fc.stringMatching(form).map((written) => ({ spelling, written }));
  });
  fc.assert(
    fc.property(cell, ({ spelling, written }) => {
      expect(asDocumented(written, spelling)).toBe(written);
      // with what nobody sees behind it, it is looked at in full
      expect(asDocumented(`${written}\u200b`, spelling)).toBe(written);
    }),
  );
});

it('a cell of any kind is read in time that grows no faster than it is long', async () => {
  const around = [
    ['', ''],
    ['', 'x'],
    ['x', 'x'],
    ['x', ''],
  ];
  // far above what any of them costs, and far below what looks through the rest of a cell anew at each letter
  const mostCpuMs = 400;
  const spellings: readonly Spelling[] = ['key', 'flag', 'whole', 'word', 'list', 'day', 'time'];
  const units = ["'", "' ", "'\u200b", ' ', '\u200b', '0', '1', '.0', '-', 'a-', '|', ';', ',', ':'];
  const dear: string[] = [];
  for (const unit of units) {
    for (const spelling of spellings) {
      const read = () => {
        for (const [before, behind] of around)
          asDocumented(`${before}${unit.repeat(60_000).slice(0, 60_000)}${behind}`, spelling);
      };
      if (await isDearer(mostCpuMs, read)) dear.push(`${spelling} of ${JSON.stringify(unit)}`);
    }
  }
  expect(dear).toEqual([]);
});
