import {
  LONGEST_STAFF_NAME,
  lineWithNote,
  type StaffLineProblem,
  type WrongLine,
} from '../../src/domain/staff-list.ts';
import { plain } from '../buttons.ts';
import { type FieldModel, type FormModel, formOf, problemLines } from '../form.ts';
import { markdownText } from '../markdown.ts';
import { plainList } from '../short-list.ts';
import { shorten } from '../shorten.ts';
import type { T } from '../text.ts';
import type { TextKey } from '../text-key.ts';
import type { CardView } from '../view.ts';
import { teamButton } from './pages.ts';

/** One person by name and phone, or many as a list; none of it is required alone. */
export const INVITE_FIELDS = [
  { name: 'name', type: 'text', required: false, sometimes: true, maxLength: LONGEST_STAFF_NAME },
  { name: 'phone', type: 'phone', required: false, sometimes: true, maxLength: 40 },
  { name: 'list', type: 'text', required: false, sometimes: true, maxLength: 5000 },
] as const satisfies readonly FieldModel[];

/** What came of the form before. */
export interface InvitedModel {
  readonly invited: number;
  /** Who was in, invited or waiting already. */
  readonly known: readonly string[];
  /** Lines that named nobody, and lines that were too many to be read. */
  readonly wrong: readonly WrongLine[];
  readonly rest: readonly string[];
  /** How many of `rest` have to wait for tomorrow; absent where an older release wrote it. */
  readonly held?: number | undefined;
}

export interface InviteModel extends Pick<FormModel, 'values' | 'problems'> {
  readonly invited?: InvitedModel | undefined;
  /** How many a day, and how many are left of them. */
  readonly today: { readonly limit: number; readonly left: number };
}

const LISTED: Readonly<Record<StaffLineProblem, TextKey>> = {
  nameTooLong: 'listed.nameTooLong',
  noName: 'listed.noName',
  noPhone: 'listed.noPhone',
  notAPhone: 'listed.notAPhone',
  twice: 'listed.twice',
  twoPhones: 'listed.twoPhones',
};

/** What a form gives back of a list, in UTF-16 units; see `form-params.ts`. */
const LIST_ROOM = 1_800;
const NAMED = 2;
const MOST_SAID = 3;

/** *Invite*: DingTalk asks each of them to join Alipay Partners; who agrees is at work here at once. */
export function invite({ invited, today, ...model }: InviteModel, t: T): CardView {
  const { list, left } = linesBack(invited, t);
  const form: FormModel = { ...model, step: 'invite', fields: INVITE_FIELDS, values: { ...model.values, list } };
  const mistake = problemLines(t, form);
  const said = invited === undefined ? [] : outcome(invited, left, today.limit, t);
  return {
    title: t('invite.title'),
    body: [
      ...mistake.slice(0, 1),
      ...said,
      ...(mistake.length + said.length > 0 ? [] : [t('invite.how'), t('invite.list')]),
      t('invite.today', today),
    ].slice(0, MOST_SAID),
    form: formOf(t, form, 'team.sendInvites', t('button.invite')),
    actions: [plain(t('button.people'), 'team.people'), teamButton(t)],
  };
}

function outcome({ invited, known, wrong, held = 0 }: InvitedModel, left: number, limit: number, t: T): string[] {
  const shown = known.slice(0, NAMED).map((name) => shorten(name, 14));
  const named = plainList(t.language, shown);
  return [
    ...(invited > 0 ? [t('invite.done', { count: invited })] : []),
    ...(held > 0 ? [t('invite.held', { count: held, limit })] : []),
    ...(known.length > 0
      ? [markdownText(t, 'invite.known', { names: named, more: Math.max(0, known.length - NAMED) })]
      : []),
    ...(left > 0
      ? [t('invite.left', { count: left })]
      : wrong.length > 0
        ? [t('invite.wrong', { count: wrong.length })]
        : []),
  ];
}

/** The lines that come back, each wrong one with what is wrong, as many as the form holds; `left` are those it does not. */
function linesBack(invited: InvitedModel | undefined, t: T): { list: string; left: number } {
  const lines = [
    ...(invited?.wrong ?? []).map(({ typed, problem }) => lineWithNote(typed, t(LISTED[problem]))),
    ...(invited?.rest ?? []),
  ];
  let room = LIST_ROOM;
  const back = lines.filter((line) => {
    room -= line.length + 1;
    return room >= 0;
  });
  return { list: back.join('\n'), left: lines.length - back.length };
}
