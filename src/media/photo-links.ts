import { createHmac, timingSafeEqual } from 'node:crypto';
import { DAY_MS } from '@field/kit/calendar';

/** Names for photos on the bot's own web that only the bot can make, and that end (architecture 12). */
export interface PhotoLinks {
  /** A name for the photo with this content hash: 68 characters of base64url. */
  tokenFor(contentHash: string): string;
  /** The content hash that a name stands for; undefined when we did not make it so, or it has ended. */
  contentHashOf(token: string): string | undefined;
}

const WEEK_DAYS = 7;
/** A card may stay in a chat for 30 days before it is drawn again. */
const LIFE_DAYS = 30;

const HASH_BYTES = 32;
const DAY_BYTES = 3;
const MAC_BYTES = 16;
/** The parts together are a multiple of three bytes, so that no two texts decode to the same name. */
const TOKEN = /^[\w-]{68}$/;

/**
 * Signed with a key that is derived from `dataKey`. A name lives 30 to 37 days: it ends at the turn of a week, so that a card
 * drawn again in the same week carries the same address and need not be sent, and a phone need not load the photo again.
 */
export function createPhotoLinks(dataKey: Buffer, now: () => number): PhotoLinks {
  const key = createHmac('sha256', dataKey).update('photo links').digest();
  const today = (): number => Math.floor(now() / DAY_MS);
  const macOf = (named: Buffer): Buffer => createHmac('sha256', key).update(named).digest().subarray(0, MAC_BYTES);

  return {
    tokenFor(contentHash) {
      const named = Buffer.alloc(HASH_BYTES + DAY_BYTES);
      named.write(contentHash, 'hex');
      const week = Math.ceil((today() + 1 + LIFE_DAYS) / WEEK_DAYS);
      named.writeUIntBE(week * WEEK_DAYS, HASH_BYTES, DAY_BYTES);
      return Buffer.concat([named, macOf(named)]).toString('base64url');
    },
    contentHashOf(token) {
      if (!TOKEN.test(token)) return undefined;
      const bytes = Buffer.from(token, 'base64url');
      const named = bytes.subarray(0, HASH_BYTES + DAY_BYTES);
      if (!timingSafeEqual(macOf(named), bytes.subarray(named.length))) return undefined;
      if (named.readUIntBE(HASH_BYTES, DAY_BYTES) <= today()) return undefined;
      return named.toString('hex', 0, HASH_BYTES);
    },
  };
}
