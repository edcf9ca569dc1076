import type { SpotLabel } from '../src/domain/spot-label.ts';
import type { T } from './text.ts';

/** `Cashier 1`; all but the cashiers are numbered from the second on. */
export function spotName(t: T, { spotType, number }: SpotLabel): string {
  return t(`spot.${spotType}`, { number });
}
