import { readFileSync } from 'node:fs';

/** A storefront of 1600 × 1200 as HEIC in one piece: nothing here writes that kind. */
export const HEIC = readFileSync(new URL('./storefront.heic', import.meta.url));
const PIECE = { width: 1600, height: 1200 };
/** `Exif` and two zeros. */
const EXIF_MARK = 6;

export interface Pieces {
  readonly columns: number;
  readonly rows: number;
  readonly width: number;
  readonly height: number;
  /** Quarters of a turn against the clock. */
  readonly turned?: number;
  readonly mirrored?: 'upsideDown' | 'leftRight';
  /** What its levels mean: the number of its primaries, or a colour profile. */
  readonly colours?: number | Buffer;
  /** What is said about it beside its pixels, as sharp hands it out. */
  readonly exif?: Buffer;
}

/** The same piece again and again, side by side, as phones store a picture: cut to `width` × `height`, and to be put upright. */
export function heicOfPieces({ columns, rows, width, height, turned, mirrored, colours, exif }: Pieces): Buffer {
  const count = columns * rows;
  const ids = Array.from({ length: count }, (_, index) => index + 1);
  const whole = count + 1;
  /** Where the TIFF header begins is said before it. */
  const said = exif === undefined ? [] : [{ id: whole + 1, content: Buffer.concat([u32(EXIF_MARK), exif]) }];
  const piece = contentOf('mdat');
  const grid = Buffer.concat([bytes(0, 1, rows - 1, columns - 1), u32(width, height)]);
  const behind = Buffer.concat(said.map(({ content }) => content));
  const moves = [
    ...(turned === undefined ? [] : [box('irot', bytes(turned))]),
    ...(mirrored === undefined ? [] : [box('imir', bytes(mirrored === 'upsideDown' ? 0 : 1))]),
  ];
  const meaning = colours === undefined ? [] : [box('colr', coloursOf(colours))];
  const extras = [...moves, ...meaning];
  const head = (from: number): Buffer => {
    const info = (id: number, kind: string, hidden: number) =>
      box('infe', u32(0x02000000 + hidden), u16(id, 0), Buffer.from(`${kind}\0`, 'latin1'));
    const lies = ids.map((id) => Buffer.concat([u16(id, 0, 1), u32(from, piece.length)]));
    const location = [...lies, u16(whole, 0, 1), u32(from + piece.length, grid.length)];
    for (const { id, content } of said)
      location.push(u16(id, 0, 1), u32(from + piece.length + grid.length, content.length));
    const about = said.map(({ id }) => box('cdsc', u16(id, 1, whole)));
    const total = whole + said.length;
    const properties = [
      box('hvcC', contentOf('hvcC')),
      size(PIECE.width, PIECE.height),
      size(width, height),
      ...extras,
    ];
    const ofWhole = [3, ...moves.map((_, index) => 0x84 + index), ...meaning.map(() => 4 + moves.length)];
    const belongs = [...ids.map((id) => Buffer.concat([u16(id), bytes(2, 0x81, 2)])), u16(whole)];
    const meta = [
      u32(0),
      box('hdlr', u32(0, 0), Buffer.from('pict', 'latin1'), Buffer.alloc(13)),
      box('pitm', u32(0), u16(whole)),
      box('iloc', u32(0), bytes(0x44, 0), u16(total), ...location),
      box(
        'iinf',
        u32(0),
        u16(total),
        ...ids.map((id) => info(id, 'hvc1', 1)),
        info(whole, 'grid', 0),
        ...said.map(({ id }) => info(id, 'Exif', 1)),
      ),
      box('iref', u32(0), box('dimg', u16(whole, count), u16(...ids)), ...about),
      box(
        'iprp',
        box('ipco', ...properties),
        box('ipma', u32(0), u32(whole), ...belongs, bytes(ofWhole.length, ...ofWhole)),
      ),
    ];
    const kind = box('ftyp', Buffer.from('heic\0\0\0\0mif1heic', 'latin1'));
    return Buffer.concat([
      kind,
      box('meta', ...meta),
      u32(8 + piece.length + grid.length + behind.length),
      Buffer.from('mdat'),
    ]);
  };
  return Buffer.concat([head(head(0).length), piece, grid, behind]);
}

function coloursOf(colours: number | Buffer): Buffer {
  if (typeof colours !== 'number') return Buffer.concat([Buffer.from('prof'), colours]);
  return Buffer.concat([Buffer.from('nclx'), u16(colours, 13, 6), bytes(0x80)]);
}

function contentOf(kind: string): Buffer {
  const at = HEIC.indexOf(kind, 'latin1') - 4;
  return HEIC.subarray(at + 8, at + HEIC.readUInt32BE(at));
}

function size(width: number, height: number): Buffer {
  return box('ispe', u32(0), u32(width, height));
}

function box(kind: string, ...content: readonly Buffer[]): Buffer {
  const inside = Buffer.concat(content);
  return Buffer.concat([u32(inside.length + 8), Buffer.from(kind, 'latin1'), inside]);
}

function bytes(...numbers: readonly number[]): Buffer {
  return Buffer.from(numbers);
}

function u16(...numbers: readonly number[]): Buffer {
  return Buffer.concat(numbers.map((number) => bytes(number >> 8, number & 0xff)));
}

function u32(...numbers: readonly number[]): Buffer {
  return Buffer.concat(numbers.map((number) => Buffer.from(Uint32Array.of(number).buffer).swap32()));
}
