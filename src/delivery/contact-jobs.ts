import type { Clock } from '@field/kit/clock';
import type { AppError, ErrorKind } from '@field/kit/errors';
import { findAssociation, refusalsOf } from '../../models/associations.ts';
import { recordUpdate } from '../../models/inbox.ts';
import { type ContactJobRun, finishContactJob } from '../../models/outbox.ts';
import { type InvitationProblem, isInvitable, isUnheard } from '../domain/association-state.ts';
import { mobileOf } from '../domain/phone.ts';
import type { Finding } from '../platform/event.ts';
import type { Platform } from '../platform/platform.ts';

export interface ContactJobOptions {
  readonly platform: Pick<Platform, 'invite' | 'contactOf'>;
  readonly clock: Clock;
  /** Wakes the lane in which what came of a contact job is applied. */
  readonly recorded: (lane: string) => void;
}

/**
 * Runs a contact job and records what came of it as an update of its own: `member.found` and `member.gone` in the lane of that person,
 * `invitation.sent` in the lane of the admin who decided. Recorded under an id that follows from the job, so that running it
 * again after a crash changes nothing.
 */
export async function runContactJob(options: ContactJobOptions, run: ContactJobRun): Promise<void> {
  const { kind, id } = run.contactJob;
  await (kind === 'lookup' ? lookUp(options, run) : invite(options, run, id));
  await finishContactJob(run);
}

/** A wait of this length comes after some minutes without any answer. */
const LONG_MS = 2 * 60_000;

/** What waits goes out by itself; where that takes long, or an operator, the admin who decided knows why nobody is asked. */
export async function contactJobWaits(options: ContactJobOptions, run: ContactJobRun, error: AppError): Promise<void> {
  const isLong = error.kind === 'configuration' || Number(error.details.retryAfterMs ?? 0) >= LONG_MS;
  if (isLong) await tellAdmin(options, run, error, ':waits');
}

/** An invitation that will not go out is said to the admin who decided; a look-up that nobody answers changes nothing. */
export async function tellOfContactJob(options: ContactJobOptions, run: ContactJobRun, error: AppError): Promise<void> {
  await tellAdmin(options, run, error);
}

/** Once for each `about` of a job. */
async function tellAdmin(options: ContactJobOptions, run: ContactJobRun, error: AppError, about = ''): Promise<void> {
  if (run.contactJob.kind !== 'invitation') return;
  const association = await findAssociation(run.contactJob.id);
  if (association?.decidedBy === undefined) return;
  const facts = { association: association.requestId, problem: problemOf(error) };
  await record(options, run, association.decidedBy, { type: 'invitation.refused', facts }, about);
}

async function lookUp(options: ContactJobOptions, run: ContactJobRun): Promise<void> {
  const { id: userId, came } = run.contactJob;
  const askedAt = options.clock.now();
  const contact = await options.platform.contactOf(userId);
  if (contact === undefined) return await record(options, run, userId, { type: 'member.gone', facts: { askedAt } });
  await record(options, run, userId, { type: 'member.found', facts: { askedAt, mobile: contact.mobile, came } });
}

async function invite(options: ContactJobOptions, run: ContactJobRun, requestId: string): Promise<void> {
  const association = await findAssociation(requestId);
  if (association?.decidedBy === undefined || !isInvitable(association.state)) return;
  const askedAt = options.clock.now();
  const { name, phone, decidedBy } = association;
  const mobile = mobileOf(phone);
  const sent = { type: 'invitation.sent', facts: { association: requestId } } as const;
  const refusals = await refusalsOf({ phone });
  // whoever said no is not asked again for a while, and to the ISO it looks as always
  if (refusals.some(({ isoId, refusedAt }) => isoId === association.isoId && isUnheard(refusedAt, askedAt))) {
    return await record(options, run, decidedBy, sent);
  }
  const invited = await options.platform.invite({ name, mobile });
  if (invited.kind === 'asked') return await record(options, run, decidedBy, sent);
  const facts = { askedAt, mobile, association: requestId };
  await record(options, run, invited.userId, { type: 'member.found', facts });
}

async function record(
  options: ContactJobOptions,
  run: ContactJobRun,
  lane: string,
  finding: Finding,
  about = '',
): Promise<void> {
  const at = options.clock.now();
  await recordUpdate({ ...finding, kind: 'event', id: `contact-job:${run.intent}${about}`, at }, lane, at);
  options.recorded(lane);
}

function problemOf({ code, kind }: AppError): InvitationProblem {
  switch (code) {
    case 'contact.badNumber':
      return 'badNumber';
    case 'contact.tooManyOrganisations':
      return 'tooManyOrganisations';
    default:
      return PROBLEM_OF_KIND[kind] ?? 'refused';
  }
}

const PROBLEM_OF_KIND: Readonly<Partial<Record<ErrorKind, InvitationProblem>>> = {
  configuration: 'notPermitted',
  retryable: 'unreachable',
};
