/** A value of a type that is kept as it came, byte for byte, and nothing else: not compared, not changed. */
export class Kept {
  readonly _bsontype = 'Kept';
  readonly type: number;
  readonly bytes: Buffer;

  constructor(type: number, bytes: Buffer) {
    this.type = type;
    this.bytes = bytes;
  }
}
