import { createDecipheriv, createECDH, createHash, type ECDH, hkdfSync } from 'node:crypto';
import { AppError } from '@field/kit/errors';
import { IV_BYTES, RAW_KEY_BYTES, SEAL_INFO, TAG_BYTES } from '../src/platform/captured.ts';

const CURVE = 'prime256v1';
const AES_KEY_BYTES = 32;

/** A key of P-256 for what is sealed elsewhere and opened here. */
export interface PrivateKey {
  /** Names the pair. */
  readonly keyId: string;
  /** The half for everybody: raw and uncompressed, base64url. */
  readonly publicKey: string;
  /** Opens what was sealed with it (`CaptureSeal` says how); `sealed.unreadable` for anything else. */
  open(sealed: Buffer): Buffer;
}

/** The key that these 32 bytes are; of the few that are none, the next ones are asked for. */
export function privateKey(bytes: (nth: number) => Buffer): PrivateKey {
  const pair = firstValid(bytes);
  const raw = pair.getPublicKey();
  return {
    keyId: createHash('sha256').update(raw).digest('base64url').slice(0, 16),
    publicKey: raw.toString('base64url'),
    open(sealed) {
      if (sealed.length < RAW_KEY_BYTES + IV_BYTES + TAG_BYTES) throw new AppError('sealed.unreadable');
      const theirs = sealed.subarray(0, RAW_KEY_BYTES);
      const iv = sealed.subarray(RAW_KEY_BYTES, RAW_KEY_BYTES + IV_BYTES);
      const text = sealed.subarray(RAW_KEY_BYTES + IV_BYTES, -TAG_BYTES);
      try {
        const key = hkdfSync('sha256', pair.computeSecret(theirs), theirs, SEAL_INFO, AES_KEY_BYTES);
        const decipher = createDecipheriv('aes-256-gcm', Buffer.from(key), iv);
        decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
        return Buffer.concat([decipher.update(text), decipher.final()]);
      } catch (cause) {
        throw new AppError('sealed.unreadable', {}, { cause });
      }
    },
  };
}

function firstValid(bytes: (nth: number) => Buffer): ECDH {
  const pair = createECDH(CURVE);
  for (let nth = 0; ; nth += 1) {
    try {
      pair.setPrivateKey(bytes(nth));
      return pair;
    } catch {
      // not below the order of the curve: one of four billion
    }
  }
}
