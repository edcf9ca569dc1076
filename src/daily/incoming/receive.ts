import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { type AppError, asAppError } from '@field/kit/errors';
import { makeFolder, writeStream } from '@field/kit/write-durably';
import { asUtf8 } from './as-utf8.ts';
import { refused } from './refused.ts';
import type { Offer } from './source.ts';

/** A file's content, unpacked, in a place of our own where nobody changes it. */
export interface ReceivedFile {
  readonly path: string;
  /** SHA-256 over the kind and the unpacked content, hex. */
  readonly fileHash: string;
  /** Whether its last row has its end. */
  readonly endsWithNewline: boolean;
  /** It has no more rows than this: fewer where a text has lines, or one is blank. */
  readonly mostRows: number;
}

/** Unpacked; some two million rows. */
const MOST_BYTES = 512 * 1024 * 1024;
const NEWLINE = 10;
/**
 * Copies a file to where it can be read twice, as UTF-8, and names it by its content. Undefined when it changed meanwhile: it is
 * looked at again later. `file.refused` when it cannot be what it should be: format, encoding, size, a
 * broken archive.
 */
export async function receive(
  offer: Omit<Offer, 'putAway' | 'source'>,
  folder: string,
  mostBytes = MOST_BYTES,
): Promise<ReceivedFile | undefined> {
  await makeFolder(folder);
  const path = join(folder, 'received.csv');
  const hash = createHash('sha256').update(`${offer.kind}\n`);
  let last: number | undefined;
  let lines = 1;

  async function* checked(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    let bytes = 0;
    for await (const chunk of asUtf8(chunks, offer.encoding)) {
      bytes += chunk.length;
      if (bytes > mostBytes) throw refused(`it is larger than ${Math.floor(mostBytes / 1024 / 1024)} MB unpacked`);
      hash.update(chunk);
      last = chunk.at(-1);
      lines += newlinesIn(chunk);
      yield chunk;
    }
  }

  const before = await offer.version();
  const refusal = await writeStream(
    path,
    (copy) =>
      offer.zipped ? pipeline(offer.read(), createGunzip(), checked, copy) : pipeline(offer.read(), checked, copy),
    { flush: false },
  ).then(() => undefined, asRefusal);
  if ((await offer.version()) !== before) {
    await rm(path, { force: true });
    return undefined;
  }
  if (refusal !== undefined) throw refusal;
  return { path, fileHash: hash.digest('hex'), endsWithNewline: last === NEWLINE, mostRows: lines };
}

function newlinesIn(chunk: Buffer): number {
  let count = 0;
  for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, at + 1)) count += 1;
  return count;
}

function asRefusal(thrown: unknown): AppError {
  const isArchive = thrown instanceof Error && 'code' in thrown && /^Z_/.test(String(thrown.code));
  if (!isArchive) return asAppError(thrown);
  return refused(
    thrown.message === 'incorrect header check'
      ? 'it is named .gz and is no gzip archive'
      : 'the gzip archive is damaged or cut off',
  );
}
