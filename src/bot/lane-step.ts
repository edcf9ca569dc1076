import type { Clock } from '@field/kit/clock';
import { asAppError } from '@field/kit/errors';
import type { IdSource } from '@field/kit/ids';
import type { Logger } from '@field/kit/log';
import { findCard } from '../../models/cards.ts';
import { hasRecorded, markApplied, nextRecorded } from '../../models/inbox.ts';
import { keepLane } from '../../models/lanes.ts';
import { findPerson, meetPerson, nobodyYet, type Person } from '../../models/people.ts';
import { hasChecked, nextVerdict, pictureApplied } from '../../models/pictures.ts';
import { readAll } from '../../models/read-together.ts';
import type { Recorded } from '../../models/recorded-update.ts';
import { inTransaction, type Transaction } from '../../models/transaction.ts';
import type { CallBudget } from '../delivery/call-budget.ts';
import type { PictureVerdict } from '../media/picture-verdict.ts';
import type { DingTalkTime } from '../platform/dingtalk-time.ts';
import type { Subject } from '../platform/subject.ts';
import { type Context, type FollowUp, newContext } from './context.ts';
import { commitEffects } from './effects.ts';
import type { LaneStep } from './lanes.ts';
import { moveWhenDue } from './working-card.ts';

/** A verdict on its way into what the picture was sent for; its id is the picture's. */
export interface VerdictStep {
  readonly pictureId: string;
  readonly about: Subject;
  readonly isoId: string;
  /** When it was sent, milliseconds. */
  readonly sentAt: number;
  readonly verdict: PictureVerdict;
}

export interface LaneStepOptions {
  readonly clock: Clock;
  readonly dingTalkTime: DingTalkTime;
  readonly ids: IdSource;
  readonly log: Logger;
  readonly budget: Pick<CallBudget, 'stops'>;
  readonly dispatch: (ctx: Context<Recorded>) => Promise<void>;
  readonly applyVerdict: (ctx: Context, step: VerdictStep) => Promise<void>;
  /** Said when an update cannot be applied for a reason of ours. */
  readonly trouble: (ctx: Context) => void;
}

/** The next thing of a person's lane, in this order: what was recorded, what was checked, a card move that is due. */
export function createLaneStep(options: LaneStepOptions): (lane: string, token: string) => Promise<LaneStep> {
  const { clock, log } = options;
  return async (lane, token) => {
    const keep = (tx: Transaction): Promise<void> => keepLane(lane, token, clock.machine(), tx);
    let begun: Recorded | undefined;
    try {
      return await inTransaction(
        async (tx) => {
          await keep(tx);
          const recorded = await nextRecorded(lane, tx);
          begun = recorded?.update;
          if (begun !== undefined) return await applyRecorded(options, begun, lane, tx);
          if (recorded !== undefined) return await leaveOut(options, recorded.id, tx);
          const checked = await nextVerdict<PictureVerdict>(lane, tx);
          if (checked !== undefined) return await applyChecked(options, lane, checked, tx);
          return await moveWhenDue(options, lane, tx);
        },
        { whose: lane },
      );
    } catch (thrown) {
      const error = asAppError(thrown);
      if (begun === undefined || error.kind === 'retryable' || error.kind === 'conflict') throw error;
      const poison = begun;
      log.error({ code: error.code, trace: poison.id, err: error.cause ?? error }, 'update.failed');
      return await inTransaction(
        async (tx) => {
          await keep(tx);
          const ctx = await contextOf(options, poison, lane, tx);
          // an event is nobody's doing: there is nothing to say
          if (poison.kind === 'message') options.trouble(ctx);
          await commitEffects(ctx);
          await markApplied(poison.id, tx);
          return { kind: 'done' };
        },
        { whose: lane },
      );
    }
  };
}

/** Looks whether a lane has something to do now; undefined where it may, which the next step finds out. */
export async function lookIntoLane(
  { clock }: Pick<LaneStepOptions, 'clock'>,
  lane: string,
): Promise<Exclude<LaneStep, { kind: 'done' }> | undefined> {
  const [isRecorded, isChecked, person] = await readAll(
    () => hasRecorded(lane),
    () => hasChecked(lane),
    () => findPerson(lane),
  );
  if (isRecorded || isChecked) return undefined;
  const dueAt = person?.move?.dueAt;
  if (dueAt === undefined) return { kind: 'empty' };
  return dueAt > clock.now() ? { kind: 'later', at: dueAt } : undefined;
}

/** Another release recorded it: what this one does not know must not hold up what comes after it. */
async function leaveOut({ log }: LaneStepOptions, id: string, tx: Transaction): Promise<LaneStep> {
  log.error({ trace: id }, 'update.unknown');
  await markApplied(id, tx);
  return { kind: 'done' };
}

async function applyRecorded(
  options: LaneStepOptions,
  update: Recorded,
  lane: string,
  tx: Transaction,
): Promise<LaneStep> {
  const ctx = await contextOf(options, update, lane, tx);
  await options.dispatch(ctx);
  await commitEffects(ctx);
  await markApplied(update.id, tx);
  return { kind: 'done' };
}

async function applyChecked(
  options: LaneStepOptions,
  lane: string,
  checked: NonNullable<Awaited<ReturnType<typeof nextVerdict<PictureVerdict>>>>,
  tx: Transaction,
): Promise<LaneStep> {
  const { pictureId, about, isoId, sentAt } = checked.picture;
  const saidAt = sentAt - options.dingTalkTime.aheadMs();
  const ctx = await contextOf<FollowUp>(options, { kind: 'verdict', id: pictureId, saidAt }, lane, tx);
  await pictureApplied(pictureId, tx);
  await options.applyVerdict(ctx, { pictureId, about, isoId, sentAt, verdict: checked.verdict });
  await commitEffects(ctx);
  return { kind: 'done' };
}

async function contextOf<U extends Recorded | FollowUp>(
  options: LaneStepOptions,
  update: U,
  lane: string,
  tx: Transaction,
): Promise<Context<U>> {
  const person = await personOf(update, lane, tx);
  const card = person.workingCard === undefined ? undefined : await findCard(person.workingCard, tx);
  const { ids, clock, dingTalkTime } = options;
  const stop = update.kind === 'event' ? undefined : options.budget.stops(person);
  return newContext({ update, tx, ids, now: clock.now(), dingTalkNow: dingTalkTime.now(), person, card, stop });
}

async function personOf(update: Recorded | FollowUp, lane: string, tx: Transaction): Promise<Person> {
  const known = await findPerson(lane, tx);
  if (known !== undefined) return known;
  return update.kind === 'message' ? await meetPerson(lane, update.from.nick ?? '', tx) : nobodyYet(lane);
}
