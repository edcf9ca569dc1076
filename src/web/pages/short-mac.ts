import { timingSafeEqual } from 'node:crypto';
import { blindIndex } from '../../../models/sealing.ts';

/** That a text is ours: 128 bits, 22 characters that an address may hold. */
export function shortMac(text: string): string {
  return Buffer.from(blindIndex(text), 'base64').subarray(0, 16).toString('base64url');
}

/** Compares without telling by its time how much is right. */
export function same(given: string, right: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(right)];
  return one.length === other.length && timingSafeEqual(one, other);
}
