import { menuButton, plain, primary } from '../buttons.ts';
import { shownTime } from '../dates.ts';
import { type FieldModel, formOf, type ProblemModel, problemLines } from '../form.ts';
import { escapeMarkdown, markdownText } from '../markdown.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';
import { REJECT_REASONS, reasonText } from './reject-reason.ts';

/** What an admin sees of a request to join: a record, which tells in the end who decided. */
export interface AdminRequestModel {
  readonly name: string;
  /** E.164; only its last digits are shown. */
  readonly phone: string;
  readonly at: number;
  readonly timeZone: string;
  readonly state: 'PENDING' | 'ACTIVE' | 'REJECTED' | 'WITHDRAWN' | 'EXPIRED';
  readonly decidedBy?: string;
  readonly decidedAt?: number;
  readonly reason?: string;
  /** The admin is about to reject: the card asks why. */
  readonly askingReason?: boolean;
  readonly problems?: readonly ProblemModel[];
}

/** Two ways to say why; one of them is needed. */
export const REJECT_FIELDS = [
  { name: 'reason', type: 'choice', required: false, options: REJECT_REASONS },
  { name: 'words', type: 'text', required: false, maxLength: 300 },
] as const satisfies readonly FieldModel[];

export function adminRequest(model: AdminRequestModel, t: T): CardView {
  const { name, phone, at, timeZone } = model;
  const who = { phone: masked(phone), time: shownTime(t.language, at, timeZone) };
  const asked = [`**${escapeMarkdown(name)}**`, markdownText(t, 'request.from', who)];
  const title = t('request.title');
  if (model.state !== 'PENDING') return { title, body: [...asked, ...outcome(model, t)], actions: [] };
  const approve = primary(t('button.approve'), 'association.approve');
  if (model.askingReason !== true) {
    return { title, body: asked, actions: [approve, plain(t('button.reject'), 'association.askReject')] };
  }
  const form = {
    step: 'reject',
    fields: REJECT_FIELDS,
    values: {},
    ...(model.problems && { problems: model.problems }),
  };
  return {
    title,
    body: [...problemLines(t, form), ...asked, t('request.why')],
    form: formOf(t, form, 'association.reject', t('button.reject')),
    actions: [plain(approve.label, approve.action), menuButton(t)],
  };
}

function outcome({ state, decidedBy, decidedAt, timeZone, reason }: AdminRequestModel, t: T): string[] {
  const by = { name: decidedBy ?? '', time: shownTime(t.language, decidedAt ?? 0, timeZone) };
  switch (state) {
    case 'ACTIVE':
      return [markdownText(t, 'request.approved', by)];
    case 'REJECTED':
      return [markdownText(t, 'request.rejected', by), ...(reason === undefined ? [] : [reasonText(t, reason)])];
    case 'WITHDRAWN':
      return [t('request.withdrawn')];
    default:
      return [t('request.expired')];
  }
}

/** `+66 ••• 4821`: enough to know whose it is. */
function masked(phone: string): string {
  return phone.length < 8 ? '•••' : `${phone.slice(0, 3)} ••• ${phone.slice(-4)}`;
}
