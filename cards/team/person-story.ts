import { present } from '@field/kit/present';
import { LANGUAGE_NAMES, type Language } from '../../src/domain/languages.ts';
import type { PersonRole } from '../../src/domain/person-state.ts';
import { shownWhen } from '../account/when.ts';
import { plain } from '../buttons.ts';
import { shortList } from '../short-list.ts';
import { shorten } from '../shorten.ts';
import { status } from '../status.ts';
import type { T } from '../text.ts';
import type { TextKey } from '../text-key.ts';
import type { CardView } from '../view.ts';
import { type PageModel, pageButtons, pageNote, teamButton } from './pages.ts';
import { type PersonRow, personState } from './people.ts';

/** What happened to somebody's place in the ISO, where a word says all of it. */
const DEEDS = {
  asked: 'life.asked',
  invited: 'people.invited',
  notInvited: 'people.stuck',
  approved: 'life.approved',
  rejected: 'life.rejected',
  refused: 'life.refused',
  ended: 'life.ended',
  joined: 'life.joined',
  left: 'people.left',
  back: 'life.back',
  admin: 'people.admin',
  supervisor: 'people.supervisor',
  staff: 'life.staff',
  paused: 'people.paused',
  atWork: 'people.working',
  removed: 'life.removed',
  team: 'life.team',
  moved: 'life.moved',
  policy: 'life.policy',
} as const satisfies Readonly<Record<string, TextKey>>;

/** What was counted by whoever did it. */
const COUNTED = {
  gave: 'life.gave',
  got: 'life.got',
  codesGot: 'life.codesGot',
  codesPassed: 'life.codesPassed',
  codesBack: 'life.codesBack',
  codesLost: 'life.codesLost',
} as const satisfies Readonly<Record<string, TextKey>>;

/** One thing that happened to a person of the ISO. */
export type LifeDeed =
  | { readonly deed: keyof typeof DEEDS }
  | { readonly deed: keyof typeof COUNTED; readonly count: number }
  | { readonly deed: 'speaks'; readonly language: Language }
  /** What they sent on a day. */
  | { readonly deed: 'sent'; readonly stores: number; readonly spots: number; readonly inspections: number }
  /** The cards that told them something on a day, and how many of them are not there. */
  | { readonly deed: 'cards'; readonly count: number; readonly waiting: number };

export type LifeRow = LifeDeed & {
  readonly at: number;
  /** Who did it; empty where they did so themselves, where the bot did, or where that is not known. */
  readonly who: string;
};

export interface PersonStoryModel extends PageModel {
  readonly userId: string;
  readonly name: string;
  readonly role: PersonRole;
  readonly state: PersonRow['state'];
  readonly rows: readonly LifeRow[];
  readonly timeZone: string;
  /** Whether it was opened from what was searched for. */
  readonly fromSearch?: boolean | undefined;
}

const NAME = 20;

/** What happened to somebody of the ISO, the oldest first, for whoever looks after them. */
export function personStory(model: PersonStoryModel, t: T): CardView {
  const { userId: person, name, rows, timeZone, fromSearch } = model;
  return {
    title: shorten(name, 30),
    tag: status(personState(model, t)),
    body: rows.length === 0 ? [t('history.nothing')] : undefined,
    facts:
      rows.length === 0
        ? undefined
        : rows.map((row) => ({ label: shownWhen(t, row.at, timeZone), value: lifeSaid(row, t).join(' · ') })),
    actions: [
      ...pageButtons(t, model, 'team.personStory', present({ person, from: fromSearch ? 'found' : undefined })),
      fromSearch
        ? plain(t('button.back'), 'team.found', { page: '1' })
        : plain(t('button.back'), 'team.member', { person }),
      teamButton(t),
    ],
    ...pageNote(t, model),
  };
}

/** What was done, and whose deed it was: on the card, and for an operator who asks. */
export function lifeSaid(row: LifeRow, t: T): readonly string[] {
  return [...doneOf(row, t), shorten(row.who, NAME)].filter((part) => part !== '');
}

function doneOf(row: LifeDeed, t: T): readonly string[] {
  switch (row.deed) {
    case 'gave':
    case 'got':
    case 'codesGot':
    case 'codesPassed':
    case 'codesBack':
    case 'codesLost':
      return [t(COUNTED[row.deed], { count: row.count })];
    case 'speaks':
      return [t('member.language'), LANGUAGE_NAMES[row.language]];
    case 'sent':
      return [t('history.sent', { revision: 1 }), sentList(row, t)];
    case 'cards':
      return cardsSaid(row, t);
    default:
      return [t(DEEDS[row.deed])];
  }
}

function sentList({ stores, spots, inspections }: Extract<LifeDeed, { deed: 'sent' }>, t: T): string {
  const parts = [
    ...(stores > 0 ? [t('promotionData.stores', { count: stores })] : []),
    ...(spots > 0 ? [t('promotionData.spots', { count: spots })] : []),
    ...(inspections > 0 ? [t('life.inspections', { count: inspections })] : []),
  ];
  return shortList(t.language, parts);
}

/** `12 cards · 1 not there yet`. */
export function cardsSaid({ count, waiting }: { readonly count: number; readonly waiting: number }, t: T): string[] {
  return [t('life.cards', { count }), ...(waiting > 0 ? [t('life.cardsWait', { count: waiting })] : [])];
}
