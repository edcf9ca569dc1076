import { createHash } from 'node:crypto';

/** Where the programme's Marketing Codes point to, and what their serials look like. */
export const MARKETING_CODE_PREFIX = 'https://qr.alipayplus.example/m/';
export const MARKETING_CODE_SERIAL = /^[A-Z2-9]{12}$/;
/** What a picture is searched for: the payload of a Marketing Code, upper or lower case, with what may trail it. */
export const MARKETING_CODE_PAYLOAD = /^https:\/\/qr\.alipayplus\.example\/m\/[A-Z2-9]{12}\/?$/i;

/** Longer than any QR code holds: such input is not looked at. */
const LONGEST_INPUT = 8_000;

export interface MarketingCode {
  /** The serial, 12 characters. */
  readonly codeId: string;
  readonly canonicalUrl: string;
  /** What a person compares with the sticker: the last four. */
  readonly short: string;
}

/** What a payload is: one of the programme's codes, or something foreign, which is never opened. */
export type ReadCode = { readonly kind: 'ours'; readonly code: MarketingCode } | { readonly kind: 'foreign' };

/** Reads the payload of a decoded QR code, or of the code's whole address typed. Safe on any input. */
export function readPayload(payload: unknown): ReadCode {
  if (typeof payload !== 'string' || payload.length > LONGEST_INPUT) return { kind: 'foreign' };
  const trimmed = payload.trim();
  if (!MARKETING_CODE_PAYLOAD.test(trimmed)) return { kind: 'foreign' };
  const serial = trimmed.slice(MARKETING_CODE_PREFIX.length).replace(/\/$/, '');
  return ours(serial.toUpperCase());
}

/** Reads what a person typed from the sticker: the serial with any spaces and dashes, in any case, or the whole address. */
export function readTyped(typed: unknown): ReadCode {
  if (typeof typed !== 'string' || typed.length > LONGEST_INPUT) return { kind: 'foreign' };
  const compact = typed.normalize('NFKC').replace(/[\s\p{Cf}]/gu, '');
  const address = readPayload(/^qr\./i.test(compact) ? `https://${compact}` : compact);
  if (address.kind === 'ours') return address;
  const serial = compact.replace(/[\p{Pd}_.]/gu, '').toUpperCase();
  return MARKETING_CODE_SERIAL.test(serial) ? ours(serial) : { kind: 'foreign' };
}

/** SHA-256 of the canonical address, hex: what a binding is unique on (domain A.12-1). */
export function marketingCodeHash(code: Pick<MarketingCode, 'canonicalUrl'>): string {
  return createHash('sha256').update(code.canonicalUrl).digest('hex');
}

function ours(codeId: string): ReadCode {
  return {
    kind: 'ours',
    code: { codeId, canonicalUrl: `${MARKETING_CODE_PREFIX}${codeId}`, short: codeId.slice(-4) },
  };
}
