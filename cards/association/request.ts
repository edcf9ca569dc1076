import type { AssociationChannel, InvitationProblem, SeenState } from '../../src/domain/association-state.ts';
import { menuButton, plain, primary } from '../buttons.ts';
import { shownTime } from '../dates.ts';
import { type FieldModel, formOf, problemLines } from '../form.ts';
import { escapeMarkdown, markdownText } from '../markdown.ts';
import type { ProblemModel } from '../problems.ts';
import { shorten } from '../shorten.ts';
import type { T } from '../text.ts';
import type { TextKey } from '../text-key.ts';
import type { CardAction, CardView } from '../view.ts';
import { REJECT_REASONS, reasonText } from './reject-reason.ts';

/** What an admin sees of a request to join, or of an invitation: a record, which tells in the end what became of it. */
export interface AdminRequestModel {
  readonly name: string;
  /** E.164; only its last digits are shown. */
  readonly phone: string;
  readonly channel: AssociationChannel;
  readonly at: number;
  readonly timeZone: string;
  readonly state: SeenState;
  readonly decidedBy?: string | undefined;
  readonly decidedAt?: number | undefined;
  readonly reason?: string | undefined;
  /** Somebody else of this ISO with this number. */
  readonly alsoHas?: string | undefined;
  /** Why the invitation did not go out. */
  readonly problem?: InvitationProblem | undefined;
  /** The admin is about to reject: the card asks why. */
  readonly askingReason?: boolean | undefined;
  readonly problems?: readonly ProblemModel[] | undefined;
  /** Where it was opened from, when it is not a record. */
  readonly back?: 'requests' | 'people' | undefined;
}

const INVITATION_PROBLEMS: Readonly<Record<InvitationProblem, TextKey>> = {
  badNumber: 'invitation.badNumber',
  notPermitted: 'invitation.notPermitted',
  refused: 'invitation.refused',
  tooManyOrganisations: 'invitation.tooManyOrganisations',
  unreachable: 'invitation.unreachable',
};

/** Two ways to say why; one of them is needed. */
export const REJECT_FIELDS = [
  { name: 'reason', type: 'choice', required: false, sometimes: true, options: REJECT_REASONS },
  { name: 'words', type: 'text', required: false, sometimes: true, maxLength: 300 },
] as const satisfies readonly FieldModel[];

export function adminRequest(model: AdminRequestModel, t: T): CardView {
  const { name, phone, channel, at, timeZone } = model;
  const who = { phone: masked(phone), time: shownTime(t.language, at, timeZone) };
  const alert = escapeMarkdown(name);
  const asked = [`**${alert}**`, markdownText(t, channel === 'QR' ? 'request.fromPoster' : 'request.from', who)];
  if (model.alsoHas !== undefined) {
    asked.push(markdownText(t, 'request.alsoHas', { name: shorten(model.alsoHas, 24) }));
  }
  const title = t(channel === 'INVITE' ? 'request.invitation' : 'request.title');
  const list = model.back === 'people' ? 'team.people' : 'team.requests';
  const back = model.back === undefined ? [] : [plain(t('button.back'), list)];
  if (model.state !== 'PENDING') {
    return { title, alert, body: [...asked, ...outcome(model, t)], actions: [...invitationButtons(model, t), ...back] };
  }
  const approve = primary(t('button.approve'), 'association.approve');
  if (model.askingReason !== true) {
    return {
      title,
      alert,
      body: asked,
      actions: [approve, plain(t('button.reject'), 'association.askReject'), ...back],
    };
  }
  const form = {
    step: 'reject',
    fields: REJECT_FIELDS,
    values: {},
    problems: model.problems,
  };
  return {
    title,
    alert,
    body: [...problemLines(t, form), ...asked, t('request.why')],
    form: formOf(t, form, 'association.reject', t('button.reject')),
    actions: [plain(approve.label, approve.action), menuButton(t)],
  };
}

function outcome(model: AdminRequestModel, t: T): string[] {
  const { state, channel, decidedBy, decidedAt, timeZone, reason, problem } = model;
  const by = { name: decidedBy ?? '', time: shownTime(t.language, decidedAt ?? 0, timeZone) };
  const approved = markdownText(t, channel === 'INVITE' ? 'request.invitedBy' : 'request.approved', by);
  const invited = decidedBy !== undefined;
  switch (state) {
    case 'PENDING':
      return [];
    case 'APPROVED':
      return [approved, t(problem === undefined ? 'request.inviting' : INVITATION_PROBLEMS[problem])];
    case 'INVITED':
      return [approved, t(problem === undefined ? 'request.consent' : INVITATION_PROBLEMS[problem])];
    case 'ACTIVE':
      return [approved, ...(channel === 'CARD' ? [] : [t('request.joined')])];
    case 'SUSPENDED':
      return [approved, t('request.left')];
    case 'LEFT':
      return [approved, t('request.leftIso')];
    case 'REMOVED':
      return [approved, t('request.removed')];
    case 'REJECTED':
      return [markdownText(t, 'request.rejected', by), ...(reason === undefined ? [] : [reasonText(t, reason)])];
    case 'WITHDRAWN':
      return [t(reason === 'ALREADY_IN' ? 'request.alreadyIn' : invited ? 'request.takenBack' : 'request.withdrawn')];
    case 'EXPIRED':
      return [t(invited ? 'request.invitationExpired' : 'request.expired')];
  }
}

/** A record has no buttons, unless something is left to do; from the list of people an open invitation can be handled. */
function invitationButtons({ state, decidedBy, problem, back }: AdminRequestModel, t: T): CardAction[] {
  const open = state === 'APPROVED' || state === 'INVITED';
  const stuck = problem !== undefined || (state === 'EXPIRED' && decidedBy !== undefined);
  if (!stuck && (back === undefined || !open)) return [];
  return [
    ...(stuck || state === 'INVITED' ? [primary(t('button.sendAgain'), 'association.resend')] : []),
    ...(open ? [plain(t('button.takeBack'), 'association.takeBack')] : []),
  ];
}

/** `+66 ••• 4821`: enough to know whose it is. */
export function masked(phone: string): string {
  return phone.length < 8 ? '•••' : `${phone.slice(0, 3)} ••• ${phone.slice(-4)}`;
}
