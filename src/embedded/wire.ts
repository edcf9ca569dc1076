import { crc32c } from './crc32c.ts';
import { type Doc, decode, encode, isDoc } from './values.ts';

const OP_REPLY = 1;
const OP_QUERY = 2004;
const OP_MSG = 2013;
const HEADER_BYTES = 16;
const MAX_MESSAGE_BYTES = 48_000_000;
const CHECKSUM_PRESENT = 1;
const MORE_TO_COME = 2;
const KNOWN_REQUIRED_FLAGS = 0x0003;

/** One request: a command document, and how it wants its answer. */
export interface Request {
  id: number;
  body: Doc;
  kind: 'message' | 'query';
  /** The sender wants no answer. */
  silent: boolean;
}

/** Cuts a byte stream into requests. Anything malformed throws; that socket is then of no more use. */
export class FrameReader {
  #chunks: Buffer[] = [];
  #length = 0;

  /** Takes what came from the socket; gives the requests that are complete. */
  take(chunk: Buffer): Request[] {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    const requests: Request[] = [];
    for (;;) {
      if (this.#length < HEADER_BYTES) return requests;
      const size = this.#joined(HEADER_BYTES).readInt32LE(0);
      if (size <= HEADER_BYTES || size > MAX_MESSAGE_BYTES) throw new Error(`message of ${size} bytes`);
      if (this.#length < size) return requests;
      const all = this.#joined(size);
      requests.push(parseFrame(all.subarray(0, size)));
      this.#chunks = all.length > size ? [all.subarray(size)] : [];
      this.#length -= size;
    }
  }

  /** The first chunk, after joining so many chunks that it has at least `size` bytes. */
  #joined(size: number): Buffer {
    const [first] = this.#chunks;
    if (first && first.length >= size) return first;
    const all = Buffer.concat(this.#chunks);
    this.#chunks = [all];
    return all;
  }
}

function parseFrame(frame: Buffer): Request {
  const id = frame.readInt32LE(4);
  const opcode = frame.readInt32LE(12);
  if (opcode === OP_QUERY) return parseQuery(id, frame);
  if (opcode !== OP_MSG) throw new Error(`opcode ${opcode}`);
  const flags = frame.readUInt32LE(HEADER_BYTES);
  if ((flags & 0xffff & ~KNOWN_REQUIRED_FLAGS) !== 0) throw new Error(`flags ${flags}`);
  let end = frame.length;
  if ((flags & CHECKSUM_PRESENT) !== 0) {
    end -= 4;
    if (crc32c(frame.subarray(0, end)) !== frame.readUInt32LE(end)) throw new Error('checksum');
  }
  return {
    id,
    kind: 'message',
    silent: (flags & MORE_TO_COME) !== 0,
    body: parseSections(frame, HEADER_BYTES + 4, end),
  };
}

function parseSections(frame: Buffer, start: number, end: number): Doc {
  let body: Doc | undefined;
  const sequences: Doc = {};
  let at = start;
  while (at < end) {
    const kind = frame.readUInt8(at++);
    const size = frame.readInt32LE(at);
    if (size < 5 || at + size > end) throw new Error('section beyond its message');
    if (kind === 0) {
      if (body) throw new Error('two bodies');
      body = decode(frame.subarray(at, at + size));
    } else if (kind === 1) {
      const nameEnd = frame.indexOf(0, at + 4);
      if (nameEnd < 0 || nameEnd >= at + size) throw new Error('sequence without a name');
      sequences[frame.toString('utf8', at + 4, nameEnd)] = parseDocuments(frame.subarray(nameEnd + 1, at + size));
    } else {
      throw new Error(`section kind ${kind}`);
    }
    at += size;
  }
  if (!body) throw new Error('no body');
  for (const name of Object.keys(sequences)) if (Object.hasOwn(body, name)) throw new Error('sequence named twice');
  return { ...body, ...sequences };
}

function parseDocuments(bytes: Buffer): Doc[] {
  const documents: Doc[] = [];
  for (let at = 0; at < bytes.length; ) {
    const size = bytes.readInt32LE(at);
    if (size < 5 || at + size > bytes.length) throw new Error('document beyond its sequence');
    documents.push(decode(bytes.subarray(at, at + size)));
    at += size;
  }
  return documents;
}

/** The handshake of a driver that does not know yet whom it talks to: a command on `<db>.$cmd`. */
function parseQuery(id: number, frame: Buffer): Request {
  const nameEnd = frame.indexOf(0, HEADER_BYTES + 4);
  const name = frame.toString('utf8', HEADER_BYTES + 4, nameEnd);
  if (nameEnd < 0 || !name.endsWith('.$cmd')) throw new Error(`query on ${name}`);
  const raw = frame.subarray(nameEnd + 9);
  const body = decode(raw.subarray(0, raw.readInt32LE(0)));
  const command = isDoc(body.$query) ? body.$query : body;
  return { id, kind: 'query', silent: false, body: { ...command, $db: name.slice(0, -'.$cmd'.length) } };
}

/** The bytes of an answer. */
export function encodeReply(request: Request, reply: Doc | Buffer, id: number): Buffer {
  const body = Buffer.isBuffer(reply) ? reply : encode(reply);
  const isMessage = request.kind === 'message';
  const head = Buffer.alloc(HEADER_BYTES + (isMessage ? 5 : 20));
  head.writeInt32LE(head.length + body.length, 0);
  head.writeInt32LE(id, 4);
  head.writeInt32LE(request.id, 8);
  head.writeInt32LE(isMessage ? OP_MSG : OP_REPLY, 12);
  if (!isMessage) head.writeInt32LE(1, HEADER_BYTES + 16);
  return Buffer.concat([head, body]);
}
