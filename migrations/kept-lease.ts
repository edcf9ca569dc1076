import type { Clock } from '@field/kit/clock';
import { AppError } from '@field/kit/errors';
import { dropLease, holdLease } from '../models/leases.ts';

export interface LeaseTerms {
  readonly name: string;
  readonly token: string;
  readonly ms: number;
  readonly clock: Pick<Clock, 'machine'>;
}

/**
 * Does `work` under a lease over all processes that is renewed until it is over; undefined, and nothing is done, while another
 * process holds it. `assertHeld` throws `lease.lost` once it may be another's.
 */
export async function underLease<T>(
  { name, token, ms, clock }: LeaseTerms,
  work: (assertHeld: () => void) => Promise<T>,
): Promise<{ readonly done: T } | undefined> {
  let until = 0;
  const hold = async (): Promise<boolean> => {
    const now = clock.machine();
    const held = await holdLease(name, token, now, ms);
    until = held ? now + ms : 0;
    return held;
  };
  if (!(await hold())) return undefined;
  let renewal: Promise<unknown> = Promise.resolve();
  const renewing = setInterval(() => {
    // what could not be renewed is tried again, and runs out if that fails, too
    renewal = renewal.then(hold).catch(() => undefined);
  }, ms / 3);
  try {
    const done = await work(() => {
      if (clock.machine() >= until) throw new AppError('lease.lost', { name });
    });
    return { done };
  } finally {
    clearInterval(renewing);
    await renewal;
    await dropLease(name, token);
  }
}
