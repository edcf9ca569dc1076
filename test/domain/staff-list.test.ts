import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineWithNote, MOST_LINES, readStaffList } from '../../src/domain/staff-list.ts';

const NOK = { name: 'Nok Suda', phone: '+66812344821' };

describe('a staff list', () => {
  it.each([
    'Nok Suda 081 234 4821',
    'Nok Suda\t081-234-4821',
    'Nok Suda, +66 (0)81-234-4821',
    '0066812344821 Nok Suda',
    '+66812344821;Nok Suda',
    'Nok Suda ０８１２３４４８２１',
    'Nok Suda ๐๘๑ ๒๓๔ ๔๘๒๑',
    '"Nok Suda","(081) 234-4821"',
    '1. Nok Suda: 081.234.4821',
    '12\tNok Suda\t66812344821',
    'Nok Suda – +66 81 234 4821',
    '  Nok   Suda ,, 812344821  ',
  ])('reads %j', (line) => {
    expect(readStaffList(line, 'TH')).toEqual({ people: [NOK], wrong: [], rest: [] });
  });

  it('keeps names in any script, and numbers of other countries', () => {
    const text = 'สมชาย ใจดี 081 234 4821\r\n王小明\t+86 138 0013 8000\nNok 2, +65 9123 4567';
    expect(readStaffList(text, 'TH').people).toEqual([
      { name: 'สมชาย ใจดี', phone: '+66812344821' },
      { name: '王小明', phone: '+8613800138000' },
      { name: 'Nok 2', phone: '+6591234567' },
    ]);
  });

  it.each([
    ['Nok Suda', 'noPhone'],
    ['Nok Suda 12', 'noPhone'],
    ['Nok Suda 081 234 48', 'notAPhone'],
    ['081 234 4821', 'noName'],
    ['081 234 4821 or 081 234 4822 Nok', 'twoPhones'],
    [`${'N'.repeat(61)} 081 234 4821`, 'nameTooLong'],
    [`Nok ${'x'.repeat(500)} 081 234 4821`, 'nameTooLong'],
  ])('gives %j back as typed: %s', (typed, problem) => {
    expect(readStaffList(typed, 'TH')).toEqual({ people: [], wrong: [{ typed, problem }], rest: [] });
  });

  it('counts a phone once, however it is spelt', () => {
    const { people, wrong } = readStaffList('Nok Suda 081 234 4821\nNok S. +66 81-234-4821', 'TH');
    expect([people, wrong]).toEqual([[NOK], [{ typed: 'Nok S. +66 81-234-4821', problem: 'twice' }]]);
  });

  it('reads a line that came back without what was said about it', () => {
    const [wrong] = readStaffList('Nok Suda 081 234 48', 'TH').wrong;
    const back = lineWithNote(wrong?.typed ?? '', 'not a phone no.');
    expect(readStaffList(back.replace('48 ', '4821 '), 'TH').people).toEqual([NOK]);
  });

  it('reads as many lines as one tap can invite, and gives the others back', () => {
    const text = Array.from({ length: MOST_LINES + 3 }, (_, index) => `Nok ${index}`).join('\n');
    expect(readStaffList(text, 'TH')).toMatchObject({
      rest: ['Nok 50', 'Nok 51', 'Nok 52'],
      wrong: { length: MOST_LINES },
    });
  });

  it('loses no line, whatever is pasted', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (text) => {
        const { people, wrong, rest } = readStaffList(text, 'TH');
        const lines = text
          .split(/\r\n|[\r\n\u2028\u2029]/)
          .filter((line) => (line.split(' ← ')[0] ?? '').trim() !== '');
        expect(people.length + wrong.length + rest.length).toBe(lines.length);
        for (const { typed } of wrong) expect(text).toContain(typed);
      }),
    );
  });
});

describe('whatever is pasted', () => {
  const readings = (text: string): number => {
    let asked = 0;
    readStaffList(text, 'TH', (written) => {
      asked += 1;
      expect(written.length).toBeLessThanOrEqual(160);
      return undefined;
    });
    return asked;
  };

  it.each([
    ['digits', '1 '.repeat(80)],
    ['pairs of digits', '12 '.repeat(53)],
    ['runs of digits', '123456,'.repeat(22)],
    ['digits without an end', '1'.repeat(160)],
  ])('a line of %s is tried as a number no more often than any line may be', (_, line) => {
    expect(readings(line.trim())).toBeLessThanOrEqual(24);
  });

  it('twice the lines cost twice the tries', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('1', ' ', '+', '(', '-', 'N'), maxLength: 160 }), (line) => {
        expect(readings(`${line}\n${line}`)).toBe(2 * readings(line));
        expect(readings(line)).toBeLessThanOrEqual(24);
      }),
    );
  });
});
