import { crc32 } from 'node:zlib';
import { MongoError } from './mongo-error.ts';

const SEAL_BYTES = 4;

/** A document as it is stored: its BSON, then the CRC-32 of that, so that no damaged one is ever taken for what was written. */
export function seal(bson: Buffer): Buffer {
  const sealed = Buffer.allocUnsafe(bson.length + SEAL_BYTES);
  bson.copy(sealed);
  sealed.writeUInt32LE(crc32(bson), bson.length);
  return sealed;
}

/** The BSON of a stored document; 301 when it is not what was stored. One of the time before seals has none. */
export function unseal(stored: Buffer): Buffer {
  const length = stored.length < SEAL_BYTES ? -1 : stored.readInt32LE(0);
  const bson = stored.subarray(0, length);
  if (length === stored.length) return bson;
  if (length === stored.length - SEAL_BYTES && crc32(bson) === stored.readUInt32LE(length)) return bson;
  throw damaged('a document is not what was stored');
}

/** MongoDB's error for data that its disk did not keep. */
export function damaged(what: string): MongoError {
  return new MongoError(301, 'DataCorruptionDetected', what);
}
