import type { AwaitedCall } from '../src/platform/platform.ts';
import { aloneMs } from '../src/work/back-off.ts';
import { pacedFrom } from '../src/work/pace.ts';
import { ANY_RANK, Outbox } from './outbox.ts';

const A_MINUTE_MS = 60_000;
/** From so many failures of its own on nothing is made due sooner because others got through. */
const OWN_FAILURES = 9;

/** What waits for a call that has failed anew waits with it, until then (`clock.now()`): one or a few at a time find out. */
export async function holdSends(call: AwaitedCall, until: number, machine: number): Promise<void> {
  const waiting = { waitsFor: call, state: 'PENDING', leaseUntil: { $lte: machine } } as const;
  await Outbox.updateAll({ ...waiting, dueAt: { $lt: until } }, { set: { dueAt: until } });
}

/** A call works again: what waited for it is due, and what failed before while others got through after the time for that. */
export async function liftSends(call: AwaitedCall, now: number): Promise<void> {
  const waiting = { waitsFor: call, state: 'PENDING' } as const;
  const slower = Array.from({ length: OWN_FAILURES - 1 }, (_, index) => {
    const tries = index + 2;
    const dueAt = now + aloneMs(tries, 1);
    return { filter: { ...waiting, tries, dueAt: { $gt: dueAt } }, change: { set: { dueAt } } };
  });
  const first = { filter: { ...waiting, tries: { $lte: 1 }, dueAt: { $gt: now } }, change: { set: { dueAt: now } } };
  await Outbox.updateEach([first, ...slower], { all: true });
}

/** A person is there: what waits for them is due, and what is under way should it fail. Answers whether there was something. */
export async function hurrySends(to: string, { now, machine }: { now: number; machine: number }): Promise<boolean> {
  const underWay = { to, token: { $exists: true }, leaseUntil: { $gt: machine } } as const;
  const waiting = { to, waitsFor: { $exists: true }, state: 'PENDING', dueAt: { $gt: now } } as const;
  const updates = [
    // first: what fails between the two is among those that wait
    { filter: underWay, change: { set: { hurried: true } } },
    { filter: waiting, change: { set: { dueAt: now } } },
  ] as const;
  return (await Outbox.updateEach(updates, { all: true })).matchedCount > 0;
}

/** Whether something waits for anybody that `hurrySends` would make due. */
export async function doSendsWait(now: number): Promise<boolean> {
  const waiting = { state: 'PENDING', waitsFor: { $exists: true }, dueAt: { $gt: now } } as const;
  return (await Outbox.findOne(waiting, { only: ['intent'] })) !== undefined;
}

/** What is due until then is due now, both by `clock.now()`. */
export async function hastenSends(now: number, until: number): Promise<void> {
  const soon = { state: 'PENDING', rank: ANY_RANK, dueAt: { $gt: now, $lte: until } } as const;
  await Outbox.updateAll(soon, { set: { dueAt: now } });
}

/** The same of what waits for nothing but its time, and longer than a minute. */
export async function hastenUnhindered(now: number, until: number): Promise<void> {
  const soon = { $gt: now + A_MINUTE_MS, $lte: until };
  const waiting = { state: 'PENDING', rank: ANY_RANK, dueAt: soon, waitsFor: { $exists: false } } as const;
  await Outbox.updateAll(waiting, { set: { dueAt: now } });
}

/** The month has calls again: what waited for that goes out as one card a person, and the rest of theirs an hour apart. */
export async function paceSends(now: number, machine: number): Promise<void> {
  const waiting = { waitsFor: 'anyCall', state: 'PENDING' } as const;
  const rows = await Outbox.find(waiting, { only: ['intent', 'to', 'leaseUntil'], sort: { rank: 1, dueAt: 1 } });
  // what is under way at this moment is somebody's first
  const underWay = rows.filter(({ leaseUntil }) => leaseUntil > machine);
  const order = [...underWay, ...rows.filter((row) => !underWay.includes(row))];
  const paced = pacedFrom(
    now,
    order.map(({ intent, to }) => ({ intent, whose: to })),
  ).slice(underWay.length);
  if (paced.length === 0) return;
  const updates = paced.map(({ intent, at }) => ({
    filter: { ...waiting, intent, leaseUntil: { $lte: machine } },
    change: { set: { dueAt: at, waitsFor: 'itself' as const } },
  }));
  await Outbox.updateEach(updates);
}
