import { expect, it } from 'vitest';
import type { ProgrammeFile } from '../../src/programme/files.ts';
import { howOften } from '../support/how-often.ts';
import { mistakesIn, programmeOf, shippedFiles, withChange } from '../support/shipped-programme.ts';

/** Characters, of what takes the parser long. */
const A_LOT = howOften({ inEachRun: 90_000, inFull: 900_000 });
const FILE = 'programme.yaml';

function instead(name: string, bytes: Uint8Array): readonly ProgrammeFile[] {
  return [...shippedFiles().filter((file) => file.name !== name), { name, bytes }];
}

/** Where a text stands in a shipped file, as mistakes name it: `12:7`. */
function place(file: string, text: string): string {
  const found = shippedFiles().find(({ name }) => name === file);
  const before =
    Buffer.from(found?.bytes ?? [])
      .toString('utf8')
      .split(text)[0]
      ?.split('\n') ?? [];
  return `${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
}

it('what is shipped is without a mistake', () => {
  expect(mistakesIn(shippedFiles())).toEqual([]);
});

it('the mark that editors put before UTF-8 changes nothing', () => {
  const files = shippedFiles().map(({ name, bytes }) =>
    name.endsWith('.yaml') ? { name, bytes: Buffer.concat([Buffer.from('\ufeff'), bytes]) } : { name, bytes },
  );
  expect(programmeOf(files)).toEqual(programmeOf(shippedFiles()));
});

it.each([
  // a name that is none, with the nearest first
  [/is: storeName, type: text/, 'is: storeName, type: txet', 'nameLocal.type is "txet": write one of text,'],
  [
    /part: more, required: false \}/,
    'prat: more, required: false }',
    'countryRegion.prat is not known here: write one of part,',
  ],
  [/defaultMarket: TH/, 'defaultMarket: Thailand', 'defaultMarket is no country or region: write its two letters'],
  [/currency: THB/, 'currency: Baht', 'markets.TH.currency is no currency: write its three letters'],
  [/timeZone: Asia\/Bangkok/, 'timeZone: Asia/Bankok', 'markets.TH.timeZone is no time zone: write one such as'],
  [/starts: "000201"/, 'starts: 000201', 'codes.foreign.emvco.starts is "201": write a text: put it in quotes'],
  [/on: false/, 'on: nein', 'products.RED_PACKET.on is "nein": write true or false'],
  [/ {2}version: 1\n/, '', 'policy.version is missing: write it. Which edition'],
  // a reason without remedy
  [
    /(STORE_DUPLICATE: \{ scope: store,) remedy: APPEAL,/,
    '$1',
    'reasons.STORE_DUPLICATE.remedy is missing: write it. What is advised first',
  ],
  [
    /(CONSENT_MISSING:.*), asks: \[consent\]/,
    '$1',
    'reasons.CONSENT_MISSING.remedy is MODIFY, but nothing is asked for again',
  ],
  [
    /asks: \[storefront\]/,
    'asks: [shopfront]',
    'STOREFRONT_BLURRY.asks.1 shopfront is no step, field or photo of any product',
  ],
  [/clauses: \[P2\]/, 'clauses: [P9]', 'CONSENT_MISSING.clauses.1 P9 is no clause of the policy: there are P1, P2'],
  [/unknownReason: OTHER/, 'unknownReason: OTHERS', 'unknownReason OTHERS is none of reasons'],
  // patterns
  [
    /\(\?<serial>\[A-Z2-9\]\{12\}\)\/\?/,
    '[A-Z2-9]{12}/?',
    'marketing-code.qr has no serial: put what names the code in (?<serial>…)',
  ],
  [/\/m\/\(\?<serial>/, '/m/(?=x)(?<serial>', 'marketing-code.qr is no pattern: invalid or unsupported Perl syntax'],
  [
    /\(\?<serial>\[A-Z2-9\]\{12\}\)\/\?\$/,
    '((?<serial>[A-Z2-9]{12}){60})$$',
    'marketing-code.qr takes too long to match',
  ],
  [/'\^https.*\$'/, "'^(?<serial>.*)$$'", 'marketing-code.qr takes any web address'],
  [/m\/\{serial\}"/, 'm/"', 'marketing-code.canonical must have {serial} in it, once'],
  [
    /patterns: \[marketing-code\]/,
    'patterns: [markting-code]',
    'code.patterns.1 markting-code is no pattern of codes.patterns: there are marketing-code',
  ],
  // names
  [/- id: PRIMARY_POSM/, '- id: MARKETING_CODE', 'products.MARKETING_CODE MARKETING_CODE stands there twice'],
  [/id: nameEn/, 'id: city', 'store.fields.city.id city is the name of a field of MARKETING_CODE already'],
  [/id: licence/, 'id: website', 'slots.website.id website is the name of a field of MARKETING_CODE already'],
  [/, OTHER_CODE|\{ id: OTHER_CODE, is: otherCode \}/, 'MOVED', 'inspection.problems.5 MOVED stands there twice'],
  [/id: nameEn/, 'id: constructor', 'constructor.id is a word that JavaScript keeps for itself'],
  // roles
  [/is: storeName, /, '', 'products.MARKETING_CODE.id MARKETING_CODE never asks for the name of the store'],
  [
    /is: consent, type: yesNo, mustAgree: true/,
    'is: consent, type: text, maxLength: 9',
    'consent.is is consent, which a text cannot be: write type: yesNo',
  ],
  [/id: nameEn, type: text/, 'id: nameEn, is: storeName, type: text', 'nameEn.is is storeName like another field'],
  // fields
  [/maxLength: 80 \}/, 'max: 80 }', 'nameLocal.max has no meaning for a text: remove it'],
  [/initial: CASHIER_COUNTER/, 'initial: CASHIER', 'spotType.initial is none of its options'],
  [/prefill: store.nameLocal/, 'prefill: store.name', 'tradingName.prefill names no text of a step that is done once'],
  [/part: more, required: false \}/, 'part: more }', 'countryRegion.part is more, yet it must be answered'],
  [/optionsFrom: markets, /, '', 'countryRegion.type is choice: write either options, or optionsFrom: markets'],
  // order of work
  [/plain: \[store, spots/, 'plain: [store, spot', 'orders.plain.2 spot is no step of any product'],
  [/plain: \[store, spots, merchant/, 'plain: [store, spots', 'orders.plain leaves out merchant'],
  [
    /deploy-then-verify: \[store, spots, verification,/,
    'deploy-then-verify: [store, spots,',
    'orders.deploy-then-verify must have verification in it',
  ],
  [/from: 9, to: 19/, 'from: 19, to: 9', 'reminders.to must be later than from, which is 19'],
  [/count: calendar/, 'count: working', 'markets.TH has no workingDays, which deadlines count'],
  // the rest
  [
    /example: storefront.jpg/,
    'example: shop.jpg',
    'storefront.example is not there: put shop.jpg into the folder examples/',
  ],
  [/when: onlyAlipay/, 'when: other', 'payments.tools must have one tool with when: onlyAlipay; there are 0'],
  [/languages: \[.*\]/, 'languages: [en, th]', 'is not read: add its language to languages in programme.yaml'],
  [/languages: \[en, /, 'languages: [en, fr, ', 'languages.2 is "fr": write one of'],
])('a mistake in the programme is a sentence with its place: %s → %s', (old, text, sentence) => {
  const mistakes = mistakesIn(withChange(FILE, old, text));
  expect(mistakes).toContainEqual(expect.stringContaining(sentence));
  for (const mistake of mistakes) expect(mistake).toMatch(/^[\w./-]+:\d+:\d+ {2}\S.*\.$/);
});

it.each([
  [/label: Name on the sign/, 'label: ""', 'fields.nameLocal.label is less than allowed'],
  [/ {2}STOREFRONT_BLURRY:\n.*\n/, '', 'reasons.STOREFRONT_BLURRY.short is missing in this language: write it'],
  [/Cashier \{number\}/, 'Cashier', 'spots.CASHIER_COUNTER has no {number} in it: write where it stands'],
  [/Cashier \{number\}/, 'Cashier {nummer}', 'spots.CASHIER_COUNTER has {nummer} in it, which nothing fills'],
  [/Cashier \{number\}/, 'Cashier {number', 'spots.CASHIER_COUNTER has a bracket that does not fit'],
  [/ {2}ALIPAY_ONLY:/, '  ALIPAY_SOLO:', 'options.paysWith.ALIPAY_SOLO belongs to nothing in programme.yaml'],
  [/^before:/m, 'befor:', 'befor is not known here: write one of before,'],
])('a mistake in the words is one, too: %s → %s', (old, text, sentence) => {
  expect(mistakesIn(withChange('en.yaml', old, text))).toContainEqual(
    expect.stringMatching(new RegExp(`^en\\.yaml:\\d+:\\d+  ${sentence.replace(/[{}.]/g, '\\$&')}`)),
  );
});

it('the place is that of what is wrong, behind an anchor too', () => {
  const [first] = mistakesIn(withChange(FILE, 'is: storeName, type: text', 'is: storeName, type: txet'));
  const before = place(FILE, 'text, maxLength: 80');
  expect(first).toMatch(new RegExp(`^programme\\.yaml:${before} `));
  const [second] = mistakesIn(withChange(FILE, 'is: posmForm\n', 'is: posmFrom\n'));
  expect(second).toMatch(new RegExp(`^programme\\.yaml:${place(FILE, 'posmForm\n            type')} `));
});

it('all mistakes are told at once, in the order of the file, each once', () => {
  const broken = withChange(FILE, 'defaultMarket: TH', 'defaultMarket: Thailand').map(({ name, bytes }) => {
    const text = Buffer.from(bytes).toString('utf8');
    if (name === FILE) {
      const worse = text.replace('maxLength: 80 }', 'maxLength: many }').replace('(?<serial>', '(');
      return { name, bytes: Buffer.from(worse.replace('{ scope: any, remedy: APPEAL }', '{ scope: any }')) };
    }
    return { name, bytes: name === 'th.yaml' ? Buffer.from(text.replace('before:', 'befor:')) : bytes };
  });
  expect(mistakesIn(broken).map((mistake) => mistake.replace(/:\d+:\d+ /, '').slice(0, 52))).toEqual(
    [
      'programme.yaml defaultMarket is no country or region: ',
      'programme.yaml products.MARKETING_CODE.steps.store.fie',
      'programme.yaml codes.patterns.marketing-code.qr has no',
      'programme.yaml reasons.OTHER.remedy is missing: write ',
      'th.yaml before is missing: write it. What is needed b',
      'th.yaml befor is not known here: write one of before,',
    ].map((line) => line.slice(0, 52)),
  );
});

it.each([
  ['half written', Buffer.from('name: alipay-plus\nlanguages: [en, th'), /^programme\.yaml:2:\d+ {2}is no YAML: /],
  ['empty', Buffer.from(''), /^programme\.yaml:1:1 {2}is empty/],
  ['a list', Buffer.from('- a\n- b\n'), /^programme\.yaml:1:1 {2}The file is a list: write keys with values/],
  [
    'no text',
    Buffer.from([0x25, 0x0a, 0xe0, 0x0a]),
    /^programme\.yaml:2:1 {2}is not written in UTF-8 from this line on/,
  ],
  ['in another encoding', Buffer.from('name: caf\xe9\n', 'latin1'), /^programme\.yaml:1:1 {2}is not written in UTF-8/],
  [
    'in UTF-16',
    Buffer.from('\ufeffname: x', 'utf16le'),
    /^programme\.yaml:1:1 {2}is written in UTF-16: save it as UTF-8\./,
  ],
  [
    'with what cannot be seen',
    Buffer.from('name: a\nb: "\u0007"\n'),
    /^programme\.yaml:2:5 {2}has a character here that cannot be seen \(U\+0007\)/,
  ],
  ['of 10 MB', Buffer.alloc(10_000_000, 0x61), /^programme\.yaml:1:1 {2}is larger than 1 MB/],
  [
    'with a key twice',
    Buffer.from('name: a\nname: b\n'),
    /^programme\.yaml:2:1 {2}is no YAML: Map keys must be unique/,
  ],
  ['with an anchor that is not there', Buffer.from('name: *other\n'), /^programme\.yaml:1:\d+ {2}is no YAML/],
])('a file %s is a sentence with a line', (_, bytes, sentence) => {
  expect(mistakesIn(instead(FILE, bytes))[0]).toMatch(sentence);
});

it('a file that is not there is one, too', () => {
  expect(mistakesIn([])).toEqual(['programme.yaml:1:1  is not there: a programme needs it.']);
  const without = shippedFiles().filter(({ name }) => name !== 'th.yaml');
  expect(mistakesIn(without)).toEqual(['th.yaml:1:1  is not there: a programme needs it.']);
});

it.each([
  ['brackets', '['.repeat(900_000)],
  ['braces', '{a: '.repeat(200_000)],
  ['dashes', '- '.repeat(450_000)],
  ['questions', '? '.repeat(450_000)],
  ['keys in a line', 'a: '.repeat(300_000)],
  ['steps inwards', Array.from({ length: 1_200 }, (_, depth) => `${' '.repeat(depth)}a:\n`).join('')],
  [
    'anchors that unfold',
    `a: &a [x]\n${Array.from('bcdefghijklmnop', (name, at) => `${name}: &${name} [${`*${'abcdefghijklmnop'[at]},`.repeat(20)}]`).join('\n')}\n`,
  ],
  ['an anchor in itself', 'name: &a [*a]\n'],
  ['quotes', '"'.repeat(A_LOT)],
  ['blanks', '\t'.repeat(900_000)],
  ['documents', '---\n'.repeat(100_000)],
  ['colons', ':\n'.repeat(A_LOT / 9)],
  ['tags', '!!a '.repeat(A_LOT / 9)],
  ['a long key', `${'a'.repeat(900_000)}: 1\n`],
])('a file of nothing but %s is refused with a line, and takes nobody down', (_, text) => {
  const mistakes = mistakesIn(instead(FILE, Buffer.from(text)));
  expect(mistakes.length).toBeGreaterThan(0);
  expect(mistakes[0]).toMatch(/^programme\.yaml:\d+:\d+ {2}/);
});
