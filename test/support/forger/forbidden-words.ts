import { ACCOUNTS, type Forger, INVITED, ISO_NAMES, PEOPLE, SHOPS, TASKS } from './cast.ts';

/** What a forger must not read anywhere, and what not even in the group. */
interface Forbidden {
  readonly alone: readonly string[];
  readonly inGroup: readonly string[];
}

type Name = keyof typeof PEOPLE;

const OF_LOTUS: readonly Name[] = ['admin1', 'nok', 'kwan', 'lek', 'sup', 'aran', 'pim', 'olan', 'som'];
const OF_JASMINE: readonly Name[] = ['ploy', 'bee', 'jin'];
const MET = Object.values(SHOPS).flatMap(({ manager, contact }) => [manager, digitsOf(contact)]);
const LOTUS = [
  ISO_NAMES.lotus,
  ...people(OF_LOTUS),
  INVITED.name,
  INVITED.phone,
  ACCOUNTS.nok,
  ACCOUNTS.free,
  TASKS.nok.storeName,
  TASKS.nok.address,
  ...said(SHOPS.nok),
  ...said(SHOPS.nokAgain),
  ...said(SHOPS.kwan),
  ...said(SHOPS.pim),
];
const JASMINE = [
  ISO_NAMES.jasmine,
  ...people(OF_JASMINE),
  ACCOUNTS.bee,
  TASKS.bee.storeName,
  TASKS.bee.address,
  ...said(SHOPS.bee),
];
/** What only who looks after it, and an admin, reads of a colleague's work, and who is not in the ISO yet. */
const ASIDE = [...MET, ...people(['som']), INVITED.name, INVITED.phone, ACCOUNTS.nok, ACCOUNTS.free];

/** By who they are; what is their own they may read. */
export function forbiddenTo(forger: Forger): Forbidden {
  const own = new Set<string>(people([forger]));
  const alone = [...new Set(WORDS[forger])].filter((word) => !own.has(word));
  const names = new Set<string>([...people(OF_LOTUS), ...people(OF_JASMINE), ...MET]);
  return { alone, inGroup: alone.filter((word) => names.has(word)) };
}

const WORDS: Readonly<Record<Forger, readonly string[]>> = {
  zoe: [...LOTUS, ...JASMINE],
  gig: [...LOTUS, ...JASMINE],
  bee: LOTUS,
  ploy: LOTUS,
  // who was removed is told where from, and whom to ask
  olan: [
    ...LOTUS.filter((word) => word !== ISO_NAMES.lotus && word !== PEOPLE.admin1.name),
    ...JASMINE,
    SHOPS.olan.manager,
  ],
  pim: [...JASMINE, ...ASIDE.filter((word) => !said(SHOPS.pim).includes(word))],
  aran: [...JASMINE, ...ASIDE],
  lek: [...JASMINE, ...ASIDE],
  sup: [...JASMINE, ...ASIDE.filter((word) => word !== SHOPS.kwan.manager && word !== digitsOf(SHOPS.kwan.contact))],
};

/** Those of the words that stand in a text, a number however it is written. */
export function wordsIn(text: string, words: readonly string[]): readonly string[] {
  const digits = digitsOf(text);
  return words.filter((word) => (/^\d+$/.test(word) ? digits.includes(word) : text.includes(word)));
}

/** A number without its country and without what stands between its digits. */
function digitsOf(text: string): string {
  return text.replace(/[\s\-()•.+]/g, '').replace(/^66/, '');
}

function said({ shop, manager, contact }: (typeof SHOPS)[keyof typeof SHOPS]): string[] {
  return [shop, manager, digitsOf(contact)];
}

function people(names: readonly Name[]): string[] {
  return names.flatMap((name) => [PEOPLE[name].name, PEOPLE[name].phone]);
}
