import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '@field/kit/clock';
import { type AppError, asAppError, type ErrorKind } from '@field/kit/errors';
import type { Logger } from '@field/kit/log';
import { findAssociation, refusalsOf } from '../../models/associations.ts';
import { recordUpdate } from '../../models/inbox.ts';
import { finishJob, type JobRun } from '../../models/outbox.ts';
import { type InvitationProblem, isInvitable, isUnheard } from '../domain/association-state.ts';
import { mobileOf } from '../domain/phone.ts';
import type { Finding } from '../platform/event.ts';
import type { Platform } from '../platform/platform.ts';

export interface ContactJobOptions {
  readonly platform: Pick<Platform, 'invite' | 'contactOf'>;
  readonly clock: Clock;
  readonly log: Logger;
  /** Wakes the lane in which what came of a contact job is applied. */
  readonly recorded: (lane: string) => void;
}

/** What came of a job, and in whose lane it is applied. */
interface Heard {
  readonly lane: string;
  readonly finding: Finding;
}

/** Well within the claim of a job, with the call before it: another worker would make that call again. */
const NOTED_WITHIN_MS = 10_000;
const PAUSE_MS = 100;

/**
 * Runs a contact job and records what came of it as an update of its own: `member.found` and `member.gone` in the lane of that person,
 * `invitation.sent` in the lane of the admin who decided. Recorded under an id that follows from the job, so that running it
 * again after a crash changes nothing.
 */
export async function runContactJob(options: ContactJobOptions, run: JobRun): Promise<void> {
  const { kind, id } = run.job;
  const heard = await (kind === 'lookup' ? lookUp(options, run) : invite(options, id));
  await note(options, run, heard);
}

/** DingTalk has answered, and is not asked again, nobody invited twice, because the store takes nothing for a moment. */
async function note(options: ContactJobOptions, run: JobRun, heard: Heard | undefined): Promise<void> {
  const { clock, log } = options;
  const until = clock.machine() + NOTED_WITHIN_MS;
  for (let pause = PAUSE_MS; ; pause *= 2) {
    try {
      if (heard !== undefined) await record(options, run, heard);
      return await finishJob(run);
    } catch (thrown) {
      const { code, kind } = asAppError(thrown);
      if (kind !== 'retryable' || clock.machine() + pause > until) throw thrown;
      log.warn({ code, intent: run.intent }, 'contactJob.notNoted');
    }
    await sleep(pause);
  }
}

/** A wait of this length comes after some minutes without any answer. */
const LONG_MS = 2 * 60_000;

/** What waits goes out by itself; where that takes long, or an operator, the admin who decided knows why nobody is asked. */
export async function contactJobWaits(options: ContactJobOptions, run: JobRun, error: AppError): Promise<void> {
  const isLong = error.kind === 'configuration' || Number(error.details.retryAfterMs ?? 0) >= LONG_MS;
  if (isLong) await tellAdmin(options, run, error, ':waits');
}

/** An invitation that will not go out is said to the admin who decided; a look-up that nobody answers changes nothing. */
export async function tellOfContactJob(options: ContactJobOptions, run: JobRun, error: AppError): Promise<void> {
  await tellAdmin(options, run, error);
}

async function tellAdmin(options: ContactJobOptions, run: JobRun, error: AppError, about = ''): Promise<void> {
  if (run.job.kind !== 'invitation') return;
  const association = await findAssociation(run.job.id);
  if (association?.decidedBy === undefined) return;
  const facts = { association: association.requestId, problem: problemOf(error) };
  const refused = { lane: association.decidedBy, finding: { type: 'invitation.refused', facts } } as const;
  await record(options, run, refused, about);
}

async function lookUp({ clock, platform }: ContactJobOptions, { job }: JobRun): Promise<Heard> {
  const { id: userId, came } = job;
  const askedAt = clock.now();
  const contact = await platform.contactOf(userId);
  if (contact === undefined) return { lane: userId, finding: { type: 'member.gone', facts: { askedAt } } };
  return { lane: userId, finding: { type: 'member.found', facts: { askedAt, mobile: contact.mobile, came } } };
}

/** Nothing where nobody is to be invited any more. */
async function invite({ clock, platform }: ContactJobOptions, requestId: string): Promise<Heard | undefined> {
  const association = await findAssociation(requestId);
  if (association?.decidedBy === undefined || !isInvitable(association.state)) return undefined;
  const askedAt = clock.now();
  const { name, phone, decidedBy } = association;
  const mobile = mobileOf(phone);
  const sent = { lane: decidedBy, finding: { type: 'invitation.sent', facts: { association: requestId } } } as const;
  const refusals = await refusalsOf({ phone });
  // whoever said no is not asked again for a while, and to the ISO it looks as always
  if (refusals.some(({ isoId, refusedAt }) => isoId === association.isoId && isUnheard(refusedAt, askedAt)))
    return sent;
  const invited = await platform.invite({ name, mobile });
  if (invited.kind === 'asked') return sent;
  const facts = { askedAt, mobile, association: requestId };
  return { lane: invited.userId, finding: { type: 'member.found', facts } };
}

/** Once for each `about` of a job. */
async function record(options: ContactJobOptions, run: JobRun, { lane, finding }: Heard, about = ''): Promise<void> {
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
