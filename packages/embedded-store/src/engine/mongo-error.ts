import { Int32 } from 'bson';

/** A failure in MongoDB's own terms; `told` is what an answer says of it beside the message. */
export class MongoError extends Error {
  readonly told: Record<string, unknown>;

  constructor(code: number, codeName: string, message: string, more: Record<string, unknown> = {}) {
    super(message);
    this.told = { code: new Int32(code), codeName, ...more };
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

export function invalidOptions(message: string): MongoError {
  return new MongoError(72, 'InvalidOptions', message);
}

/** One of the errors that have no name but their number. */
export function unnamed(code: number, message: string): MongoError {
  return new MongoError(code, `Location${code}`, message);
}
