import { Int32 } from 'bson';

/** A failure in MongoDB's own terms: its number, name, labels, and what else stands in the answer. */
export class MongoError extends Error {
  readonly #code: Int32;
  readonly #codeName: string;
  readonly #extra: Record<string, unknown>;

  constructor(code: number, codeName: string, message: string, extra: Record<string, unknown> = {}) {
    super(message);
    this.#code = new Int32(code);
    this.#codeName = codeName;
    this.#extra = extra;
  }

  /** As a command's whole answer. */
  asReply(): Record<string, unknown> {
    return { ok: 0, errmsg: this.message, code: this.#code, codeName: this.#codeName, ...this.#extra };
  }

  /** As one row of `writeErrors`. */
  asWriteError(index: number): Record<string, unknown> {
    return { index: new Int32(index), code: this.#code, errmsg: this.message, ...this.#extra };
  }
}

/** The driver may try the whole transaction again. */
export const TRANSIENT = { errorLabels: ['TransientTransactionError'] };

export function badValue(message: string): MongoError {
  return new MongoError(2, 'BadValue', message);
}

export function failedToParse(message: string): MongoError {
  return new MongoError(9, 'FailedToParse', message);
}

export function typeMismatch(message: string): MongoError {
  return new MongoError(14, 'TypeMismatch', message);
}
