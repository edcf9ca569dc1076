import type { AwaitedCall } from '../src/platform/platform.ts';
import { aloneMs } from '../src/work/back-off.ts';
import { pacedFrom } from '../src/work/pace.ts';
import { type Card, Cards, nowShows, type Shown } from './cards.ts';
import { heldBy } from './holders.ts';

const PUT_LEASE_MS = 15_000;
const ANSWERED_WITHIN_MS = 60_000;
/** From so many failures of its own on nothing is drawn sooner because others got through. */
const OWN_FAILURES = 9;
const MOST_AT_A_LOOK = 100;
/** An index of times begins with it. */
const EITHER = { $in: [true, false] };
/** What a card was drawn without comes when this works. */
const AWAITED: AwaitedCall = 'uploadImage';

/** A PUT that one worker may send. */
export interface PutInFlight {
  readonly card: Card;
  readonly token: string;
  readonly flight: number;
  readonly crossed: boolean;
  /** How many before it failed while others got through. */
  readonly failures: number;
}

/** Whether nobody is at a card's PUT, or whoever is has let the lease run out. */
export type PutBefore = 'none' | 'abandoned';

/** Takes the lease on one card that may show something else than it should, if one of these may be redrawn now. */
export async function claimStaleCard(
  token: string,
  machine: number,
  before: PutBefore = 'none',
): Promise<PutInFlight | undefined> {
  const putting = before === 'none' ? { putting: { $exists: false } } : { 'putting.until': { $lte: machine } };
  const filter = { ...mayBeDrawn(machine), ...putting };
  const lease = {
    set: { putting: { token, until: machine + PUT_LEASE_MS }, hurried: null },
    inc: { flight: 1 },
    pull: { answering: { until: { $lte: machine } } },
  };
  const also = ['flight', 'answering', 'failures'] as const;
  const row = await Cards.change(filter, lease, { also });
  if (row === undefined) return undefined;
  const { flight, answering, failures = 0, ...card } = row;
  // whoever let the lease run out may still have a PUT on its way
  const crossed = before === 'abandoned' || answering.length > 0;
  return { card, token, flight, crossed, failures };
}

/**
 * The cards that may be redrawn now, or the first of many, by how their PUTs stand; and when the next one may, since its quiet time or
 * somebody's time for its PUT is over, by `machine()`.
 */
export async function dueCards(
  machine: number,
): Promise<{ readonly puts: readonly PutBefore[]; readonly nextAt: number | undefined }> {
  const later = { stale: true, delivered: true, quietUntil: { $gt: machine } };
  const order = { quietUntil: 1 } as const;
  const [rows, next] = await Promise.all([
    Cards.find(mayBeDrawn(machine), { only: ['putting'], sort: order, limit: MOST_AT_A_LOOK }),
    Cards.findOne(later, { only: ['quietUntil'], sort: order }),
  ]);
  const puts = rows.flatMap(({ putting }): PutBefore[] => {
    if (putting === undefined) return ['none'];
    return putting.until <= machine ? ['abandoned'] : [];
  });
  const held = rows.flatMap(({ putting }) => (putting !== undefined && putting.until > machine ? [putting.until] : []));
  const times = [...held, ...(next === undefined ? [] : [next.quietUntil])];
  return { puts, nextAt: times.length > 0 ? Math.min(...times) : undefined };
}

function mayBeDrawn(machine: number) {
  return { stale: true, delivered: true, quietUntil: { $lte: machine } };
}

/**
 * Ends a PUT. `shown` is what it carried, or undefined when it failed or was not needed to be known; `redrawAt` (by
 * `machine()`) when something was left out of it that is to come.
 */
export async function finishPut(
  put: PutInFlight,
  shown: Shown | undefined,
  formOpen: boolean,
  redrawAt?: number,
): Promise<void> {
  const mine = { outTrackId: put.card.outTrackId, 'putting.token': put.token };
  const ended = {
    putting: null,
    failures: null,
    refused: null,
    waitsFor: redrawAt === undefined ? null : AWAITED,
  } as const;
  if (shown !== undefined && !put.crossed) {
    const filter = { ...mine, flight: put.flight };
    const fresh = await Cards.update(
      { ...filter, wanted: shown.version },
      {
        set: { ...nowShows(shown), stale: redrawAt !== undefined, formOpen, ...ended },
        max: { quietUntil: redrawAt ?? 0 },
      },
    );
    if (fresh.matchedCount === 1) return;
    const behind = await Cards.update(filter, { set: { ...nowShows(shown), stale: true, formOpen, ...ended } });
    if (behind.matchedCount === 1) return;
  }
  const freed = await Cards.update(mine, { set: { stale: true, ...ended, shown: null } });
  if (freed.matchedCount === 0) await endLate(put);
}

/** It was on its way for longer than its lease: DingTalk may have carried it out after newer ones, and one that is under way knows nothing of it. */
async function endLate({ card: { outTrackId } }: PutInFlight): Promise<void> {
  await Cards.update({ outTrackId }, { set: { stale: true, shown: null }, inc: { flight: 1 } });
}

/**
 * A PUT failed for now: it is tried again at `retryAt`, or sooner when what it `waitsFor` works again; at `machine`, where the viewer was
 * there since it was claimed (all by `machine()`). `counts`: others got through meanwhile.
 */
export async function postponePut(
  put: PutInFlight,
  again: {
    readonly machine: number;
    readonly retryAt: number;
    readonly waitsFor: AwaitedCall | 'itself';
    readonly counts: boolean;
  },
): Promise<void> {
  const { machine, retryAt, waitsFor, counts } = again;
  const mine = { outTrackId: put.card.outTrackId, 'putting.token': put.token };
  const set = { quietUntil: retryAt, stale: true, putting: null, shown: null, waitsFor } as const;
  const inc = { failures: counts ? 1 : undefined };
  const postponed = await Cards.update({ ...mine, hurried: { $exists: false } }, { set, inc });
  if (postponed.matchedCount > 0) return;
  const hurried = await Cards.update(mine, { set: { ...set, quietUntil: machine }, inc });
  if (hurried.matchedCount === 0) await endLate(put);
}

/** A PUT was not made, since nothing is left for it: it may be asked for again at `askAt` (by `machine()`), and a tap draws it before. */
export async function holdPut(put: PutInFlight, askAt: number): Promise<void> {
  await Cards.update(
    { outTrackId: put.card.outTrackId, 'putting.token': put.token },
    { set: { quietUntil: askAt, putting: null, waitsFor: 'budget' } },
  );
}

/**
 * Stops trying: DingTalk will never take this update, and `answered` why. What was wanted meanwhile is still to be drawn. An operator
 * sees it, but for a card of which it was not known whether DingTalk has it: it has not.
 */
export async function abandonPut(
  put: PutInFlight,
  { error, answered, at }: { error: string; answered?: string | undefined; at: number },
): Promise<void> {
  const mine = { outTrackId: put.card.outTrackId, 'putting.token': put.token };
  const release = { putting: null, shown: null, waitsFor: null, failures: null } as const;
  const refused = put.card.maybeMade === true ? null : { error, answered, at };
  const given = await Cards.update(
    { ...mine, wanted: put.card.wanted },
    { set: { stale: false, refused, ...release } },
  );
  if (given.matchedCount === 0) await Cards.update(mine, { set: release });
}

/** What waits for a call that has failed anew waits with it, until then (`machine()`). */
export async function holdPuts(call: AwaitedCall, until: number): Promise<void> {
  const waiting = { waitsFor: thatCall(call), putting: { $exists: false }, quietUntil: { $lt: until } } as const;
  await Cards.updateAll(waiting, { set: { quietUntil: until } });
}

/** A call works again: what waited for it may be drawn, and what failed before while others got through after the time for that. */
export async function liftPuts(call: AwaitedCall, machine: number): Promise<void> {
  const waiting = { waitsFor: thatCall(call), quietUntil: { $gt: machine } } as const;
  const slower = Array.from({ length: OWN_FAILURES - 1 }, (_, index) => {
    const failures = index + 1;
    const quietUntil = machine + (failures === 1 ? 0 : aloneMs(failures, 1));
    return { filter: { ...waiting, failures, quietUntil: { $gt: quietUntil } }, change: { set: { quietUntil } } };
  });
  const first = { filter: { ...waiting, failures: { $exists: false } }, change: { set: { quietUntil: machine } } };
  await Cards.updateEach([first, ...slower], { all: true });
}

/** The month has calls again: what waited for that is drawn, of each person the card they work on, and the rest an hour apart. */
export async function pacePuts(machine: number): Promise<void> {
  const waiting = { waitsFor: thatCall('anyCall'), putting: { $exists: false } } as const;
  const rows = await Cards.find(waiting, { only: ['outTrackId', 'viewer', 'kind', 'folded'] });
  if (rows.length === 0) return;
  const inUse = rows.filter(({ kind, folded }) => kind === 'working' && folded === undefined);
  const order = [...inUse, ...rows.filter((row) => !inUse.includes(row))];
  const updates = pacedFrom(
    machine,
    order.map(({ outTrackId, viewer }) => ({ outTrackId, whose: viewer })),
  ).map(({ outTrackId, at }) => ({
    filter: { ...waiting, outTrackId },
    change: { set: { quietUntil: at, waitsFor: 'itself' as const } },
  }));
  await Cards.updateEach(updates);
}

/** In the words by which the embedded store finds its index. */
function thatCall(call: AwaitedCall) {
  return { $in: [call], $exists: true };
}

/** A person is there: their cards that wait may be drawn, and those whose PUT is under way should it fail. Answers whether there are some. */
export async function hurryPuts(viewer: string, machine: number): Promise<boolean> {
  const underWay = { stale: true, quietUntil: { $lte: machine }, viewer, putting: { $exists: true } } as const;
  const waiting = { viewer, waitsFor: { $exists: true }, quietUntil: { $gt: machine } } as const;
  const updates = [
    { filter: underWay, change: { set: { hurried: true } } },
    { filter: waiting, change: { set: { quietUntil: machine } } },
  ] as const;
  return (await Cards.updateEach(updates, { all: true })).matchedCount > 0;
}

/** Whether a card of anybody waits that `hurryPuts` would have drawn. */
export async function doPutsWait(machine: number): Promise<boolean> {
  const waiting = { stale: true, waitsFor: { $exists: true }, quietUntil: { $gt: machine } } as const;
  return (await Cards.findOne(waiting, { only: ['outTrackId'] })) !== undefined;
}

/** A card that waits for nothing is quiet for seconds: one that is for longer was left so by a clock that was ahead, and may be drawn now. */
export async function hastenQuiet(machine: number): Promise<void> {
  const quietUntil = { $gt: machine + ANSWERED_WITHIN_MS };
  await Cards.updateAll({ stale: EITHER, quietUntil, waitsFor: { $exists: false } }, { set: { quietUntil: machine } });
}

/** What may be drawn until then may be drawn now, both by `machine()`. */
export async function hastenPuts(machine: number, until: number): Promise<void> {
  await Cards.updateAll({ stale: EITHER, quietUntil: { $gt: machine, $lte: until } }, { set: { quietUntil: machine } });
}

/**
 * This machine's clock was set back: no PUT is held, and no answer on its way, for longer than from now on. Longer than a minute no
 * answer is on its way.
 */
export async function shortenPuts(machine: number): Promise<void> {
  const held = machine + PUT_LEASE_MS;
  await Cards.updateAll({ stale: true, 'putting.until': { $gt: held } }, { min: { 'putting.until': held } });
  const late = { until: { $gt: machine + ANSWERED_WITHIN_MS } } as const;
  await Cards.updateAll(
    { stale: true, 'answering.until': late.until },
    { set: { shown: null }, pull: { answering: late } },
  );
}

/** Frees the PUTs, whose cards are stale until they end; see `freeLanes`. Whether it got through is not known. */
export async function freePuts(process?: string): Promise<void> {
  await Cards.updateAll(
    { stale: true, 'putting.token': heldBy(process) },
    { set: { stale: true, putting: null, shown: null } },
  );
}

/** Frees PUTs that ended without a word of this process: the store took none. */
export async function freePutsOf(tokens: readonly string[]): Promise<void> {
  await Cards.updateAll(
    { stale: true, 'putting.token': { $in: tokens } },
    { set: { stale: true, putting: null, shown: null } },
  );
}

/** How many cards may still show something else than they should, but for those that wait for a share of the month; or so many of more. */
export async function staleCards(): Promise<number> {
  const rows = await Cards.find({ stale: true, delivered: true }, { only: ['waitsFor'], limit: MOST_AT_A_LOOK });
  return rows.filter(({ waitsFor }) => waitsFor !== 'budget').length;
}
