/** An answer in JSON; the longest of those that the product asks for has a few hundred bytes. */
export const LONGEST_ANSWER_BYTES = 1024 * 1024;

/** Reads a body, and no further than `maxBytes`: then it throws `tooBig`. */
export async function readUpTo(response: Response, maxBytes: number, tooBig: Error): Promise<Buffer> {
  if (Number(response.headers.get('content-length') ?? 0) > maxBytes) {
    await response.body?.cancel();
    throw tooBig;
  }
  const pieces: Uint8Array[] = [];
  for await (const piece of upTo(response.body ?? [], maxBytes, tooBig)) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** The same pieces, and no more of them than `maxBytes` together: then it throws `tooBig` and leaves the rest where it is. */
export async function* upTo(
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  maxBytes: number,
  tooBig: Error,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const piece of pieces) {
    bytes += piece.length;
    if (bytes > maxBytes) throw tooBig;
    yield piece;
  }
}
