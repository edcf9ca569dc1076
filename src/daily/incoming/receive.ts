import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { TextDecoder } from 'node:util';
import { createGunzip } from 'node:zlib';
import { AppError, asAppError } from '@field/kit/errors';
import { makeFolder, OWNER_ONLY_FILE } from '@field/kit/write-durably';
import type { Offer } from './source.ts';

/** A file's content, unpacked, in a place of our own where nobody changes it. */
export interface ReceivedFile {
  readonly path: string;
  /** SHA-256 over the kind and the unpacked content, hex. */
  readonly fileHash: string;
  /** Whether its last row has its end. */
  readonly endsWithNewline: boolean;
}

/** Unpacked; some two million rows. */
const MOST_BYTES = 512 * 1024 * 1024;
const NEWLINE = 10;
const MARK_BYTES = 4;

/** What the first bytes say that a file is, where that cannot be landed. */
const OTHER_FORMATS: readonly (readonly [begins: string, why: string])[] = [
  ['504b0304', 'it is an Excel workbook or another zip archive: save it as CSV (UTF-8)'],
  ['d0cf11e0', 'it is an Excel workbook of the old kind: save it as CSV (UTF-8)'],
  ['1f8b0800', 'it is packed by gzip: name it .csv.gz'],
  ['1f8b0808', 'it is packed by gzip: name it .csv.gz'],
  ['25504446', 'it is a PDF, not a CSV file'],
];
const UTF_16: Readonly<Record<string, 'utf-16le' | 'utf-16be'>> = { fffe: 'utf-16le', feff: 'utf-16be' };

/**
 * Copies a file to where it can be read twice, as UTF-8, and names it by its content. UTF-16 is known by its byte order mark. Undefined
 * when it changed meanwhile: it is looked at again later. `file.refused` when it cannot be what it should be: format, encoding, size, a
 * broken archive.
 */
export async function receive(offer: Offer, folder: string, mostBytes = MOST_BYTES): Promise<ReceivedFile | undefined> {
  await makeFolder(folder);
  const path = join(folder, 'received.csv');
  const hash = createHash('sha256').update(`${offer.kind}\n`);
  let last: number | undefined;

  async function* checked(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    let bytes = 0;
    for await (const chunk of asUtf8(chunks)) {
      bytes += chunk.length;
      if (bytes > mostBytes) throw refused(`it is larger than ${Math.floor(mostBytes / 1024 / 1024)} MB unpacked`);
      hash.update(chunk);
      last = chunk.at(-1);
      yield chunk;
    }
  }

  const before = await offer.version();
  const copy = createWriteStream(path, { mode: OWNER_ONLY_FILE });
  const refusal = await (offer.zipped
    ? pipeline(offer.read(), createGunzip(), checked, copy)
    : pipeline(offer.read(), checked, copy)
  ).then(() => undefined, asRefusal);
  if ((await offer.version()) !== before) {
    await rm(path, { force: true });
    return undefined;
  }
  if (refusal !== undefined) throw refusal;
  return { path, fileHash: hash.digest('hex'), endsWithNewline: last === NEWLINE };
}

/** A file that cannot be landed; `why` goes on as "quarantined because …". */
export function refused(why: string): AppError {
  return new AppError('file.refused', { why });
}

/** As it came where it is UTF-8, turned into it where it says that it is UTF-16. */
async function* asUtf8(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let text: TextDecoder | undefined;
  for await (const chunk of withWholeMark(chunks)) {
    text ??= decoderFor(chunk);
    const decoded = decode(text, chunk);
    yield text.encoding === 'utf-8' ? chunk : Buffer.from(decoded, 'utf8');
  }
  if (text !== undefined) decode(text);
}

/** The first piece holds what says of which kind a file is, however little comes at first. */
async function* withWholeMark(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let start: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    if (start.length >= MARK_BYTES) {
      yield chunk;
      continue;
    }
    start = Buffer.concat([start, chunk]);
    if (start.length >= MARK_BYTES) yield start;
  }
  if (start.length > 0 && start.length < MARK_BYTES) yield start;
}

function decoderFor(start: Buffer): TextDecoder {
  const other = OTHER_FORMATS.find(([begins]) => start.toString('hex', 0, MARK_BYTES) === begins);
  if (other !== undefined) throw refused(other[1]);
  return new TextDecoder(UTF_16[start.toString('hex', 0, 2)] ?? 'utf-8', { fatal: true });
}

/** Text in this encoding, and in no other that happens to pass for it: text has no NUL. */
function decode(text: TextDecoder, chunk?: Buffer): string {
  let decoded: string;
  try {
    decoded = text.decode(chunk, { stream: chunk !== undefined });
  } catch {
    throw refused(notText(text));
  }
  if (decoded.includes('\0')) throw refused(notText(text));
  return decoded;
}

function notText({ encoding }: TextDecoder): string {
  return encoding === 'utf-8' ? 'it is not UTF-8' : 'it says that it is UTF-16 and is damaged';
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
