import type { IncomingMessage } from 'node:http';

/** A part of a multipart body. */
export interface FilePart {
  readonly name: string;
  readonly fileName: string;
  readonly bytes: Buffer;
}

export interface Multipart {
  readonly fields: ReadonlyMap<string, string>;
  readonly files: readonly FilePart[];
}

/** Levels of objects and lists in a JSON body; what DingTalk's calls and template exports have are under twenty. */
const MAX_DEPTH = 100;
const MAX_PARTS = 100;

/** The body is larger than allowed (`tooBig`: in bytes, levels or parts), or not what its content-type says. */
export class BodyError extends Error {
  readonly tooBig: boolean;

  constructor(message: string, tooBig: boolean) {
    super(message);
    this.tooBig = tooBig;
  }
}

/** The whole body, chunked or not. */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    // Read to the end all the same: a client that is cut off while it sends never sees the answer.
    if (size <= maxBytes) chunks.push(chunk);
  }
  if (size > maxBytes) throw new BodyError(`the body is larger than ${maxBytes} bytes`, true);
  return Buffer.concat(chunks);
}

/** The body as JSON; an empty one is `{}`. */
export async function readJson(request: IncomingMessage, maxBytes = 2_000_000): Promise<unknown> {
  const text = (await readBody(request, maxBytes)).toString('utf8');
  if (text.trim() === '') return {};
  if (depthOf(text) > MAX_DEPTH) throw new BodyError(`the body is nested deeper than ${MAX_DEPTH} levels`, true);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new BodyError('the body is not JSON', false);
  }
}

/** How deep the brackets of a JSON text stand in each other; those inside strings do not count. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/gs)) {
    if (token === '[' || token === '{') deepest = Math.max(deepest, ++depth);
    else if (token === ']' || token === '}') depth--;
  }
  return deepest;
}

/** The fields of a form-urlencoded body, as objects have them. */
export async function readForm(request: IncomingMessage, maxBytes = 2_000_000): Promise<Record<string, string>> {
  return Object.fromEntries(new URLSearchParams((await readBody(request, maxBytes)).toString('utf8')));
}

/** The body as multipart/form-data, with the parser of the platform. */
export async function readMultipart(request: IncomingMessage, maxBytes: number): Promise<Multipart> {
  const contentType = request.headers['content-type'] ?? '';
  const body = await readBody(request, maxBytes);
  const [, quoted, bare] = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType) ?? [];
  if (occurrences(body, `--${quoted ?? bare ?? ''}`) > MAX_PARTS + 1) {
    throw new BodyError(`the body has more than ${MAX_PARTS} parts`, true);
  }
  let form: FormData;
  try {
    form = await new Response(new Uint8Array(body), { headers: { 'content-type': contentType } }).formData();
  } catch {
    throw new BodyError('the body is not multipart/form-data', false);
  }
  const fields = new Map<string, string>();
  const files: FilePart[] = [];
  for (const [name, value] of form) {
    if (typeof value === 'string') fields.set(name, value);
    else files.push({ name, fileName: value.name, bytes: Buffer.from(await value.arrayBuffer()) });
  }
  return { fields, files };
}

/** Counted no further than matters. */
function occurrences(body: Buffer, of: string): number {
  let count = 0;
  for (let at = body.indexOf(of); at >= 0 && count <= MAX_PARTS + 1; at = body.indexOf(of, at + of.length)) count++;
  return count;
}

export function isMultipart(request: IncomingMessage): boolean {
  return /^multipart\/form-data\b/i.test(request.headers['content-type'] ?? '');
}

export function isForm(request: IncomingMessage): boolean {
  return /^application\/x-www-form-urlencoded\b/i.test(request.headers['content-type'] ?? '');
}
