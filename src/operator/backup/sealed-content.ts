import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { AppError } from '@field/kit/errors';

/** How a sealed file begins: this, then 16 bytes by which its own key is derived. */
const MARK = Buffer.from('FIELDBK1');
const SALT_BYTES = 16;
const TAG_BYTES = 16;
/** It is sealed piece by piece, so that neither half needs it whole. */
const PIECE_BYTES = 1 << 20;

type Bytes = AsyncIterable<Uint8Array>;

/**
 * Seals what may be larger than the memory: AES-256-GCM in pieces of 1 MiB, each numbered and the last one marked, under a key of its own
 * that is derived from `dataKey` by HKDF. Whoever changes, leaves out, adds or exchanges a piece is found.
 */
export async function* sealed(dataKey: Buffer, plain: Bytes): AsyncGenerator<Buffer> {
  const salt = randomBytes(SALT_BYTES);
  const key = keyOf(dataKey, salt);
  yield Buffer.concat([MARK, salt]);
  for await (const { piece, number, isLast } of piecesOf(plain, PIECE_BYTES)) {
    const cipher = createCipheriv('aes-256-gcm', key, nonceOf(number, isLast));
    yield Buffer.concat([cipher.update(piece), cipher.final(), cipher.getAuthTag()]);
  }
}

/** Opens what `sealed` made. Error 'backup.damaged' for what was changed, cut off, or sealed with another key. */
export async function* unsealed(dataKey: Buffer, bytes: Bytes, name: string): AsyncGenerator<Buffer> {
  const head = MARK.length + SALT_BYTES;
  let key: Buffer | undefined;
  for await (const { piece, number, isLast } of piecesOf(bytes, PIECE_BYTES + TAG_BYTES, head)) {
    if (key === undefined) {
      if (!piece.subarray(0, MARK.length).equals(MARK) || piece.length < head) throw damaged(name);
      key = keyOf(dataKey, piece.subarray(MARK.length));
    } else yield opened(piece, key, nonceOf(number - 1, isLast), name);
    if (isLast && number === 0) throw damaged(name);
  }
}

function opened(piece: Buffer, key: Buffer, nonce: Buffer, name: string): Buffer {
  try {
    const end = piece.length - TAG_BYTES;
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
    decipher.setAuthTag(piece.subarray(end));
    return Buffer.concat([decipher.update(piece.subarray(0, end)), decipher.final()]);
  } catch (cause) {
    throw damaged(name, cause);
  }
}

/** In pieces of so many bytes, the first of them `head` where that is said; only the last is shorter, and there always is one. */
async function* piecesOf(bytes: Bytes, size: number, head = size) {
  let waiting: Buffer[] = [];
  let length = 0;
  let number = 0;
  let wanted = head;
  for await (const chunk of bytes) {
    waiting.push(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength));
    length += chunk.byteLength;
    while (length > wanted) {
      const all = Buffer.concat(waiting);
      yield { piece: all.subarray(0, wanted), number, isLast: false };
      waiting = [all.subarray(wanted)];
      length -= wanted;
      wanted = size;
      number += 1;
    }
  }
  yield { piece: Buffer.concat(waiting), number, isLast: true };
}

function keyOf(dataKey: Buffer, salt: Uint8Array): Buffer {
  return Buffer.from(hkdfSync('sha256', dataKey, salt, 'backup', 32));
}

function nonceOf(number: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeBigUInt64BE(BigInt(number));
  nonce[8] = isLast ? 1 : 0;
  return nonce;
}

function damaged(name: string, cause?: unknown): AppError {
  const say = `${name} was changed or cut off, or was sealed with another DATA_KEY than this one.`;
  return new AppError('backup.damaged', { file: name, say }, { cause });
}
