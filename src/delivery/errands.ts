import type { Clock } from '@field/kit/clock';
import type { AppError } from '@field/kit/errors';
import { present } from '@field/kit/present';
import { findAssociation } from '../../models/associations.ts';
import { recordUpdate } from '../../models/inbox.ts';
import { buryDead, type ErrandRun, finishErrand } from '../../models/outbox.ts';
import { type InvitationProblem, isInvitable } from '../domain/association-state.ts';
import { mobileOf } from '../domain/phone.ts';
import type { Platform } from '../platform/platform.ts';
import type { EventUpdate } from '../platform/update.ts';

export interface ErrandOptions {
  readonly platform: Pick<Platform, 'invite' | 'contactOf'>;
  readonly clock: Clock;
  /** Wakes the lane in which what came of an errand is applied. */
  readonly recorded: (lane: string) => void;
}

type Facts = NonNullable<EventUpdate['facts']>;

/**
 * Runs an errand and records what came of it as an update of its own: `member.found` and `member.gone` in the lane of that person,
 * `invitation.sent` in the lane of the admin who decided. Recorded under an id that follows from the errand, so that running it
 * again after a crash changes nothing.
 */
export async function runErrand(options: ErrandOptions, run: ErrandRun): Promise<void> {
  const { kind, id } = run.errand;
  await (kind === 'lookup' ? lookUp(options, run, id) : invite(options, run, id));
  await finishErrand(run);
}

/** An invitation that will not go out is said to the admin who decided; a look-up that nobody answers changes nothing. */
export async function giveErrandUp(options: ErrandOptions, run: ErrandRun, error: AppError): Promise<void> {
  if (run.errand.kind === 'invitation') {
    const association = await findAssociation(run.errand.id);
    if (association?.decidedBy !== undefined) {
      const facts = { association: association.requestId, problem: problemOf(error) };
      await record(options, run, 'invitation.refused', association.decidedBy, facts);
    }
  }
  await buryDead(run, error.code);
}

async function lookUp(options: ErrandOptions, run: ErrandRun, userId: string): Promise<void> {
  const askedAt = String(options.clock.now());
  const contact = await options.platform.contactOf(userId);
  if (contact === undefined) return await record(options, run, 'member.gone', userId, { askedAt });
  await record(options, run, 'member.found', userId, present({ askedAt, mobile: contact.mobile }));
}

async function invite(options: ErrandOptions, run: ErrandRun, requestId: string): Promise<void> {
  const association = await findAssociation(requestId);
  if (association?.decidedBy === undefined || !isInvitable(association.state)) return;
  const askedAt = String(options.clock.now());
  const { name, phone, decidedBy } = association;
  const invited = await options.platform.invite({ name, mobile: mobileOf(phone) });
  const facts = { association: requestId, askedAt };
  if (invited.kind === 'asked') return await record(options, run, 'invitation.sent', decidedBy, facts);
  await record(options, run, 'member.found', invited.userId, { ...facts, mobile: mobileOf(phone) });
}

async function record(options: ErrandOptions, run: ErrandRun, type: string, lane: string, facts: Facts): Promise<void> {
  const at = options.clock.now();
  await recordUpdate({ kind: 'event', id: `errand:${run.intent}`, type, at, userIds: [lane], facts }, lane, at);
  options.recorded(lane);
}

function problemOf({ code, kind }: AppError): InvitationProblem {
  switch (code) {
    case 'contact.badNumber':
      return 'badNumber';
    case 'contact.tooManyOrganisations':
      return 'tooManyOrganisations';
    case 'contact.notPermitted':
      return 'notPermitted';
    default:
      return kind === 'retryable' ? 'unreachable' : 'refused';
  }
}
