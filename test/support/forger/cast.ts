/** Who works for one of the two ISOs, asks to, or for neither. Every name and number stands for nobody else. */
interface Played {
  readonly name: string;
  /** The digits that are read of the number, however it is written. */
  readonly phone: string;
}

export const PEOPLE = {
  // of the one ISO, the demo's
  admin1: { name: 'Anongnat Quillfeather', phone: '810000501' },
  nok: { name: 'Nokchan Wirachai', phone: '810000502' },
  kwan: { name: 'Kwanjai Zebrawood', phone: '810000503' },
  lek: { name: 'Lekha Boonmeekul', phone: '810000504' },
  sup: { name: 'Supaporn Vichaidit', phone: '810000505' },
  aran: { name: 'Aranya Uttaradit', phone: '810000506' },
  pim: { name: 'Pimchanok Yodmanee', phone: '810000507' },
  olan: { name: 'Olarn Xavierkul', phone: '810000508' },
  som: { name: 'Somruedee Pornthip', phone: '810000509' },
  // of the other, the story's
  ploy: { name: 'Ployphan Charoenkit', phone: '810000601' },
  bee: { name: 'Beenara Thongchai', phone: '810000602' },
  jin: { name: 'Jintana Lertsiri', phone: '810000603' },
  // of neither
  zoe: { name: 'Zoe Mutterfield', phone: '810000701' },
  gig: { name: 'Gigi Ottersberg', phone: '810000702' },
} as const satisfies Readonly<Record<string, Played>>;

/** Whom the one ISO invites, who is not in the organisation. */
export const INVITED = { name: 'Kamolwan Srisawat', phone: '810000510' } as const;
export const GROUP = 'group-of-lotus';
export const EMAILS = { lotus: 'demo@iso.example', jasmine: 'story@iso.example' } as const;
export const ISO_NAMES = { lotus: 'Lotus Partners', jasmine: 'Jasmine Partners' } as const;

/** Shops, and who is met there. */
export const SHOPS = {
  nok: { shop: 'Baan Zebrano', manager: 'Thanyarat Kulsomboon', contact: '+66 92 538 1647' },
  nokAgain: { shop: 'Khao Mangrovia', manager: 'Wanida Sirisomphone', contact: '+66 92 538 1648' },
  olan: { shop: 'Talat Oleander', manager: 'Prasong Untermann', contact: '+66 92 538 1649' },
  kwan: { shop: 'Rim Kwaenoi', manager: 'Rattana Eggerling', contact: '+66 92 538 1650' },
  pim: { shop: 'Klong Pimalai', manager: 'Siriporn Wexfordson', contact: '+66 92 538 1652' },
  bee: { shop: 'Suan Jasminum', manager: 'Busaba Yodpradit', contact: '+66 92 538 1651' },
} as const;
export const TASKS = {
  nok: { storeName: 'Som Tam Palatia', address: 'Wireless Rd 901' },
  bee: { storeName: 'Noodle Riverina', address: 'Rama Rd 902' },
} as const;

/** Test accounts, by who has them. */
export const ACCOUNTS = { nok: 'lotuspay-7713', bee: 'jasminepay-8813', free: 'lotuspay-7714' } as const;

/** What it takes to be one of the forgers. */
export const KINDS = {
  zoe: 'a stranger of the organisation',
  bee: 'staff of another ISO',
  ploy: 'the admin of another ISO',
  olan: 'somebody who was removed',
  pim: 'somebody who is paused',
  aran: 'who was an admin and is staff now',
  lek: 'staff, on the cards of colleagues and of the admin',
  sup: 'a supervisor, outside the team',
  gig: 'a member of the group, on private cards',
} as const satisfies Partial<Record<keyof typeof PEOPLE, string>>;

export type Forger = keyof typeof KINDS;
export const FORGERS = Object.keys(KINDS) as readonly Forger[];

/** Of whom there are cards and rows that a forger may want. */
export const VICTIMS = ['admin1', 'nok', 'kwan', 'som', 'bee', 'ploy', 'jin'] as const;
/** Who had cards of theirs before they lost what they were. */
export const FALLEN = ['aran', 'pim', 'olan'] as const;
