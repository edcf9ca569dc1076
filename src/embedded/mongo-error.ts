import { Int32 } from 'bson';

const CODE_NAMES = {
  BadValue: 2,
  FailedToParse: 9,
  TypeMismatch: 14,
  InvalidLength: 16,
  IllegalOperation: 20,
  NamespaceNotFound: 26,
  PathNotViable: 28,
  ConflictingUpdateOperators: 40,
  EmptyFieldName: 56,
  CursorNotFound: 43,
  NamespaceExists: 48,
  MaxTimeMSExpired: 50,
  DollarPrefixedFieldName: 52,
  InvalidIdField: 53,
  CommandNotFound: 59,
  ImmutableField: 66,
  CannotCreateIndex: 67,
  InvalidOptions: 72,
  InvalidNamespace: 73,
  IndexOptionsConflict: 85,
  IndexKeySpecsConflict: 86,
  WriteConflict: 112,
  ConflictingOperationInProgress: 117,
  CannotIndexParallelArrays: 171,
  CannotBuildIndexKeys: 201,
  TransactionTooOld: 225,
  NoSuchTransaction: 251,
  OperationNotSupportedInTransaction: 263,
  BSONObjectTooLarge: 10334,
  DuplicateKey: 11000,
  UnrecognizedCommandField: 40415,
  UnrecognizedStage: 40324,
} as const;

/** The errors that this store answers, by MongoDB's own names. */
export type CodeName = keyof typeof CODE_NAMES;

const NAMELESS: ReadonlySet<CodeName> = new Set(['UnrecognizedCommandField', 'UnrecognizedStage']);

/** A failure in MongoDB's own terms: number, name, labels, and what else stands in the answer. */
export class MongoError extends Error {
  readonly codeName: CodeName;
  readonly labels: readonly string[];
  readonly extra: Readonly<Record<string, unknown>>;

  constructor(codeName: CodeName, message: string, more: { labels?: string[]; extra?: Record<string, unknown> } = {}) {
    super(message);
    this.codeName = codeName;
    this.labels = more.labels ?? [];
    this.extra = more.extra ?? {};
  }

  get code(): number {
    return CODE_NAMES[this.codeName];
  }

  /** As a command's whole answer. */
  asReply(): Record<string, unknown> {
    const codeName = NAMELESS.has(this.codeName) ? `Location${this.code}` : this.codeName;
    const labels = this.labels.length > 0 ? { errorLabels: this.labels } : {};
    return { ok: 0, errmsg: this.message, code: new Int32(this.code), codeName, ...this.extra, ...labels };
  }

  /** As one row of `writeErrors`. */
  asWriteError(index: number): Record<string, unknown> {
    return { index: new Int32(index), code: new Int32(this.code), errmsg: this.message, ...this.extra };
  }
}
