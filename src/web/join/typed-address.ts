import { seal, unseal } from '../../../models/sealing.ts';

/** The ISO's e-mail as it was typed, for the address of a page: sealed, so that no link says what we did not write. */
export function sealedAddress(isoEmail: string): string {
  return encodeURIComponent(seal(isoEmail));
}

/** What we sealed, from the query of an address; empty for anything else. */
export function typedAddress(sealed: unknown): string {
  if (typeof sealed !== 'string' || sealed === '') return '';
  try {
    return unseal(sealed);
  } catch {
    return '';
  }
}
