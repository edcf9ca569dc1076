import { heldBy } from './holders.ts';
import { Outbox, SEND_LEASE_MS } from './outbox.ts';

// What was overtaken while somebody was at it is held as well: the card that overtook it waits for the end of that.

/** Frees the claims; see `freeLanes`. */
export async function freeSends(process?: string): Promise<void> {
  const held = { token: { ...heldBy(process), $exists: true }, leaseUntil: { $gt: 0 } } as const;
  await Outbox.updateAll(held, { set: { leaseUntil: 0 } });
}

/** Frees claims that ended without a word of this process: the store took none. It is not said to have failed. */
export async function freeSendsOf(tokens: readonly string[]): Promise<void> {
  const held = { token: { $in: tokens, $exists: true }, leaseUntil: { $gt: 0 } } as const;
  await Outbox.updateAll(held, { set: { leaseUntil: 0 }, inc: { tries: -1 } });
}

/** This machine's clock was set back: nothing is held by who sends it for longer than from now on. */
export async function shortenSends(machine: number): Promise<void> {
  const leaseUntil = machine + SEND_LEASE_MS;
  await Outbox.updateAll({ token: { $exists: true }, leaseUntil: { $gt: leaseUntil } }, { min: { leaseUntil } });
}
