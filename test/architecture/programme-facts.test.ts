import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { FIELD_ROLES } from '../../src/domain/field-roles.ts';
import { FINDINGS } from '../../src/domain/policy.ts';
import { shippedProgramme } from '../support/shipped-programme.ts';

/** Where the programme is read and never said (architecture 5). */
const FOLDERS = ['src', 'handlers', 'models', 'cards'];

const { products, codes, policy, reasons, payments, inspection, fees, words } = shippedProgramme();
const ids = (all: readonly { readonly id: string }[]): readonly string[] => all.map(({ id }) => id);
const steps = products.flatMap((product) => product.steps);
const fields = steps.flatMap((step) => step.fields);

/** What the shipped programme calls things, and nothing else may. */
const NAMES = new Set([
  ...ids(products),
  ...ids(steps),
  ...ids(fields),
  ...ids(steps.flatMap(({ slots }) => slots)),
  ...fields.flatMap(({ options = [] }) => ids(options)),
  ...ids(codes.patterns),
  ...ids(codes.foreign),
  ...ids(policy.clauses),
  ...Object.keys(reasons),
  ...ids(payments.tools),
  ...ids(payments.results),
  ...ids(inspection.differs),
  ...ids(inspection.problems),
  ...inspection.cannot,
  ...ids(fees),
]);

/** Names that we have for something of our own, with where: that the programme uses the word as well says nothing. */
const OURS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(FIELD_ROLES.map((role) => [role, 'src/domain/field-roles.ts'])),
  store: 'a kind of item, a part of an inspection',
  spots: 'a collection, a count',
  merchant: 'src/flow/submission-facts.ts: a part of what is submitted',
  address: 'src/domain/inspection-rules.ts: what of a shop may differ',
  city: 'models/stores.ts: a column',
  countryRegion: 'models/stores.ts: a column',
  managerName: 'src/flow/submission-facts.ts: a column of what is submitted',
  contactPhoneOrEmail: 'src/flow/submission-facts.ts: a column of what is submitted',
  storefront: 'src/daily/submission-line.ts: the role of the front in an inspection',
  line: 'cards: a card that is one line',
  INSPECTION: 'src/domain/review-state.ts: a kind of item',
  REFUSED: 'src/domain/association-state.ts: a state',
  DAMAGED: 'docs/daily-data.md: a condition in lines',
  SUCCESS: "DingTalk's word for a frame that was taken",
  OTHER: 'src/domain/give-back.ts: a reason to give a task back',
};

/** What is written of codes and addresses, in whatever text it stands. */
const TEXTS = [
  ...codes.patterns.flatMap(({ qr, canonical }) => [qr, canonical, new URL(canonical).host]),
  ...codes.foreign.map(({ starts }) => starts),
  policy.link,
  ...payments.tools.flatMap(({ links }) => Object.values(links).filter((link) => link !== undefined)),
];

/** How people read products and tools, in every language. */
const SAID = [...words.values()].flatMap((of) => [
  ...Object.values(of.products).map(({ name }) => name),
  ...Object.values(of.tools).map(({ name }) => name),
]);
/** The company, and its wallet in which test accounts are. */
const SAID_OF_OURSELVES = new Set(['Alipay', '支付宝', '支付寶']);

const files = FOLDERS.flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name).replaceAll('\\', '/')),
).filter((path) => /\.(?:ts|tsx|json)$/.test(path) && !/(?:^|\/)(?:node_modules|dist)\//.test(path));

/** A source without what it says in comments. */
function codeOf(path: string): string {
  const text = readFileSync(path, 'utf8');
  return path.endsWith('.json') ? text : text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
}

const sources = files.map((path) => ({ path, text: codeOf(path) }));
const named = sources
  .filter(({ path }) => path.endsWith('.ts'))
  .map(({ path, text }) => ({
    path,
    names: new Set([...text.matchAll(/['"`]([\w-]+)['"`]|^\s*([A-Z]\w+):/gm)].map(nameIn)),
  }));

function nameIn([, quoted, key]: RegExpMatchArray): string {
  return quoted ?? key ?? '';
}

it('no source names a product, step, field, photo, choice, clause, reason, tool or fee of the programme', () => {
  const found = named.flatMap(({ path, names }) =>
    [...names].filter((name) => NAMES.has(name) && !Object.hasOwn(OURS, name)).map((name) => `${path}: ${name}`),
  );
  expect(found).toEqual([]);
});

it('none has a code, the beginning of one, or an address of the programme in it', () => {
  const found = sources.flatMap(({ path, text }) =>
    TEXTS.filter((said) => text.includes(said)).map((said) => `${path}: ${said}`),
  );
  expect(found).toEqual([]);
});

it('no text of a card says what a product or a tool is called', () => {
  const found = sources
    .filter(({ path }) => path.startsWith('cards/locales/'))
    .flatMap(({ path, text }) =>
      SAID.filter((said) => !SAID_OF_OURSELVES.has(said) && text.includes(said)).map((said) => `${path}: ${said}`),
    );
  expect(found).toEqual([]);
});

it('what is ours is still used, and a finding that a clause may stand behind names no clause', () => {
  const used = new Set(named.flatMap(({ names }) => [...names]));
  expect(Object.keys(OURS).filter((name) => !used.has(name))).toEqual([]);
  expect(FINDINGS.filter((code) => NAMES.has(code))).toEqual([]);
});
