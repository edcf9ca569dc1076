import { minorDigits } from './currency.ts';

/** An amount in the whole minor units of its currency (ISO 4217): 12.50 THB is 1250. Never a fraction. */
export interface Money {
  readonly currency: string;
  readonly minor: number;
}

/** Of one amount: 90,000 of the largest are still summed exactly, and a row that says more has lost its point. */
const MOST_MINOR = 100_000_000_000;
const AMOUNT = /^(\d{1,15})(?:\.(\d{1,9}))?$/;

/** Why a text is no amount of money, and which of the two is wrong. */
export interface NoMoney {
  readonly wrong: 'amount' | 'currency';
  readonly why: string;
}

/**
 * The money that an amount as files write it says: `120`, `120.5`, `120.50`. Never rounded: noughts beyond the minor unit say nothing,
 * other digits there are refused, as are signs and marks between thousands.
 */
export function readMoney(amount: string, currency: string): Money | NoMoney {
  const digits = minorDigits(currency);
  if (digits === undefined) return { wrong: 'currency', why: 'is no currency of ISO 4217' };
  const [, whole, fraction = ''] = AMOUNT.exec(amount) ?? [];
  if (whole === undefined) return { wrong: 'amount', why: 'is not an amount such as 120.50' };
  if (/[1-9]/.test(fraction.slice(digits)))
    return { wrong: 'amount', why: `has more than the ${digits} decimals of ${currency}` };
  const minor = Number(whole + fraction.slice(0, digits).padEnd(digits, '0'));
  return minor > MOST_MINOR ? { wrong: 'amount', why: 'is too large for a fee' } : { currency, minor };
}

/** The amount as files write it, exact: `12.50`, `-0.005`, `1200` of a currency without a minor unit. */
export function decimalText({ currency, minor }: Money): string {
  const digits = minorDigits(currency) ?? 0;
  const text = String(Math.abs(minor)).padStart(digits + 1, '0');
  const cut = text.length - digits;
  return `${minor < 0 ? '-' : ''}${text.slice(0, cut)}${digits === 0 ? '' : `.${text.slice(cut)}`}`;
}
