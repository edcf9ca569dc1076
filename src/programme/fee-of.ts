import { present } from '@field/kit/present';
import type { FeeKind } from '../domain/fee.ts';
import type { Programme } from './programme.ts';

/** The fee that a programme gives for what is approved in a country or region; undefined where it gives none. */
export function feeForApproved(
  { fees, markets }: Pick<Programme, 'fees' | 'markets'>,
  country: string,
): FeeKind | undefined {
  const fee = fees.find(({ eligible }) => eligible === 'approved');
  if (fee === undefined) return undefined;
  const ofMarket = Object.hasOwn(markets, country) ? markets[country]?.currency : undefined;
  return present({ id: fee.id, currency: fee.currency === 'market' ? ofMarket : fee.currency });
}
