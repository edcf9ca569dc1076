/** What some files say, read and checked before: by their fingerprint, and as V8 writes it down, in base64. */
export interface KeptReading {
  readonly of: string;
  readonly reading: string;
}

/** What the programme that is shipped says: what is built has it here (`scripts/keep-reading.mjs`), and sources read it anew. */
export const SHIPPED: KeptReading | undefined = undefined;
