import { decode } from './engine/bson-reader.ts';
import { encode } from './engine/bson-writer.ts';
import { type Doc, isDoc } from './engine/doc.ts';

const OP_REPLY = 1;
const OP_QUERY = 2004;
const OP_MSG = 2013;
const HEADER_BYTES = 16;
const MAX_MESSAGE_BYTES = 48_000_000;
const REQUIRED_FLAGS = 0xffff;
const MORE_TO_COME = 2;

/** One request: how its command is read (error 22 where that is no BSON), how it came, and whether its sender wants no answer. */
export type Request = { id: number; body: () => Doc; opcode: number; silent: boolean };

/** Cuts a byte stream into requests. Anything malformed throws; that socket is then of no more use. */
export class FrameReader {
  #chunks: Buffer[] = [];
  #length = 0;
  #wanted = HEADER_BYTES;

  /** Takes what came from the socket; gives the requests that are complete. */
  *take(chunk: Buffer): Generator<Request> {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    if (this.#length < this.#wanted) return;
    let rest = Buffer.concat(this.#chunks);
    for (this.#wanted = sizeOf(rest); rest.length >= this.#wanted; this.#wanted = sizeOf(rest)) {
      yield parseFrame(rest.subarray(0, this.#wanted));
      rest = rest.subarray(this.#wanted);
    }
    this.#chunks = [rest];
    this.#length = rest.length;
  }
}

/** How long the message is that begins here, or its header where even that is not whole. */
function sizeOf(bytes: Buffer): number {
  const size = bytes.length < HEADER_BYTES ? HEADER_BYTES + 1 : bytes.readInt32LE(0);
  if (size <= HEADER_BYTES || size > MAX_MESSAGE_BYTES) throw new Error(`message of ${size} bytes`);
  return size;
}

function parseFrame(frame: Buffer): Request {
  const id = frame.readInt32LE(4);
  const opcode = frame.readInt32LE(12);
  if (opcode === OP_QUERY) return { id, opcode, silent: false, body: parseQuery(frame) };
  const flags = frame.readUInt32LE(HEADER_BYTES);
  if (opcode !== OP_MSG || (flags & REQUIRED_FLAGS & ~MORE_TO_COME) !== 0)
    throw new Error(`opcode ${opcode}, flags ${flags}`);
  return { id, opcode, silent: (flags & MORE_TO_COME) !== 0, body: parseSections(frame.subarray(HEADER_BYTES + 4)) };
}

function parseSections(sections: Buffer): () => Doc {
  const bodies: Buffer[] = [];
  const sequences: [string, Buffer[]][] = [];
  for (let at = 0; at < sections.length; ) {
    const kind = sections.readUInt8(at);
    const section = sized(sections, at + 1);
    at += 1 + section.length;
    const nameEnd = section.indexOf(0, 4);
    if (kind > 1 || nameEnd < 0) throw new Error(`section kind ${kind}`);
    if (kind === 0) bodies.push(section);
    else sequences.push([section.toString('utf8', 4, nameEnd), documentsIn(section.subarray(nameEnd + 1))]);
  }
  const [body, second] = bodies;
  if (!body || second) throw new Error('a message has one body');
  return () => ({
    ...decode(body),
    ...Object.fromEntries(sequences.map(([name, raws]) => [name, raws.map((raw) => decode(raw))])),
  });
}

function documentsIn(bytes: Buffer): Buffer[] {
  const raws: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += bytes.readInt32LE(at)) raws.push(sized(bytes, at));
  return raws;
}

/** What begins at `at` with its own length. */
function sized(bytes: Buffer, at: number): Buffer {
  const size = bytes.readInt32LE(at);
  if (size < 5 || at + size > bytes.length) throw new Error('a length beyond its message');
  return bytes.subarray(at, at + size);
}

/** The handshake of a driver that does not know yet whom it talks to: a command on `<db>.$cmd`. */
function parseQuery(frame: Buffer): () => Doc {
  const nameEnd = frame.indexOf(0, HEADER_BYTES + 4);
  const [db, rest] = frame.toString('utf8', HEADER_BYTES + 4, nameEnd).split('.$cmd');
  if (nameEnd < 0 || rest !== '') throw new Error('a query that is no command');
  const raw = sized(frame, nameEnd + 9);
  return () => {
    const body = decode(raw);
    return { ...(isDoc(body.$query) ? body.$query : body), $db: db };
  };
}

/** The bytes of an answer. */
export function encodeReply({ id, opcode }: Request, reply: Doc | Uint8Array): Buffer {
  const body = reply instanceof Uint8Array ? reply : encode(reply);
  const head = Buffer.alloc(HEADER_BYTES + (opcode === OP_MSG ? 5 : 20));
  head.writeInt32LE(head.length + body.length, 0);
  head.writeInt32LE(id, 8);
  head.writeInt32LE(opcode === OP_MSG ? OP_MSG : OP_REPLY, 12);
  if (opcode === OP_QUERY) head.writeInt32LE(1, HEADER_BYTES + 16);
  return Buffer.concat([head, body]);
}
