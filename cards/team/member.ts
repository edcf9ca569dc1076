import type { Tally } from '../../src/domain/item-standing.ts';
import { LANGUAGE_NAMES, type Language } from '../../src/domain/languages.ts';
import type { MemberChange } from '../../src/domain/member-change.ts';
import { masked } from '../association/request.ts';
import { plain, primary } from '../buttons.ts';
import { shownDate, shownDay } from '../dates.ts';
import { tallyLine } from '../review/tally-lines.ts';
import { shortList } from '../short-list.ts';
import { shorten } from '../shorten.ts';
import { status } from '../status.ts';
import type { T } from '../text.ts';
import type { TextKey } from '../text-key.ts';
import type { CardAction, CardView } from '../view.ts';
import { type PersonRow, personState } from './people.ts';

/** What waits for somebody, in numbers; `soon` of it falls due within a week. */
export interface OpenCounts {
  readonly drafts: number;
  readonly failed: number;
  readonly appeals: number;
  readonly tasks: number;
  readonly soon: number;
}

export interface MemberModel extends Pick<PersonRow, 'name' | 'role' | 'state'> {
  readonly userId: string;
  /** E.164; only its last digits are shown. Absent for who was set up by an operator. */
  readonly phone?: string | undefined;
  readonly language?: Language | undefined;
  /** When they were let in, and last wrote or tapped. */
  readonly since?: number | undefined;
  readonly activeAt?: number | undefined;
  /** Whose team they are in. */
  readonly supervisor?: string | undefined;
  readonly open: OpenCounts;
  /** Of the last 30 days. */
  readonly stores: Tally;
  readonly spots: Tally;
  /** What can be done about them by who looks: nothing by a supervisor, nor by anybody about themselves. */
  readonly can: 'pause' | 'resume' | 'more' | undefined;
  readonly timeZone: string;
}

/** Somebody of the team: who it is, how their work stands, what is open. */
export function member(model: MemberModel, t: T): CardView {
  const { name, open, stores, spots } = model;
  const { soon } = open;
  return {
    title: shorten(name, 30),
    tag: status(personState(model, t)),
    body: [
      openLine(open, t),
      ...(soon > 0 ? [t('member.soon', { count: soon })] : []),
      tallyLine(t, 'stores', stores),
      tallyLine(t, 'spots', spots),
    ],
    facts: factsOf(model, t),
    actions: [...buttons(model, t), plain(t('button.people'), 'team.people')],
    note: t('member.note'),
  };
}

const OPEN = {
  drafts: 'member.drafts',
  failed: 'tally.failed',
  appeals: 'member.appeals',
  tasks: 'member.tasks',
} as const satisfies Partial<Record<keyof OpenCounts, TextKey>>;

/** `Open: 2 drafts, 1 failed`; what there is none of is left out. */
export function openLine(open: OpenCounts, t: T): string {
  const parts = (['drafts', 'failed', 'appeals', 'tasks'] as const).flatMap((what) =>
    open[what] > 0 ? [t(OPEN[what], { count: open[what] })] : [],
  );
  if (parts.length === 0) return t('member.nothingOpen');
  const list = shortList(t.language, parts);
  return t('member.open', { list });
}

function factsOf(model: MemberModel, t: T): CardView['facts'] {
  const { phone, language, since, activeAt, supervisor, timeZone } = model;
  const facts: readonly [TextKey, string | undefined][] = [
    ['column.phone', phone && masked(phone)],
    ['member.language', language && LANGUAGE_NAMES[language]],
    ['member.since', since === undefined ? undefined : shownDay(t.language, since, timeZone)],
    ['member.active', activeAt === undefined ? undefined : shownDate(t.language, activeAt, timeZone)],
    ['field.team.supervisor.label', supervisor && shorten(supervisor, 20)],
  ];
  return facts.flatMap(([label, value]) => (value === undefined ? [] : [{ label: t(label), value }]));
}

/** What cannot wait for who is paused is offered first. */
function buttons({ can, userId, state, open }: MemberModel, t: T): CardAction[] {
  const offers = state === 'paused' && open.soon > 0 ? primary : plain;
  const give = offers(t('button.giveWork'), 'handOver.open', { work: `person/${userId}` });
  const story = plain(t('button.whatHappened'), 'team.personStory', { person: userId });
  if (can === undefined) return [give, story];
  const more = plain(t('button.moreChanges'), 'team.memberMore', { person: userId });
  if (can === 'more') return [give, more];
  return [give, plain(t(CHANGE_BUTTONS[can]), 'team.askChange', { person: userId, change: can }), more];
}

/** What a change is called on the button that asks for it, and on the one that does it. */
export const CHANGE_BUTTONS = {
  pause: 'button.pause',
  resume: 'button.backToWork',
  makeAdmin: 'button.makeAdmin',
  makeSupervisor: 'button.makeSupervisor',
  makeStaff: 'button.makeStaff',
  remove: 'button.remove',
} as const satisfies Readonly<Record<MemberChange, TextKey>>;
