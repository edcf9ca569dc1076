import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { AppError } from '@field/kit/errors';
import { areDisplayP3, isDisplayP3, p3ToSrgb } from './display-p3.ts';
import type { RgbImage } from './grey-image.ts';
import { halvedTo, LARGEST_HEIC_PIECE, LARGEST_HEIC_RESULT } from './heic-limits.ts';

/** How a picture lies in its file: turned so far against the clock, and then mirrored. */
export interface Turned {
  readonly degrees: 0 | 90 | 180 | 270;
  readonly mirrored?: 'upsideDown' | 'leftRight' | undefined;
}

export type HeicPicture = RgbImage & { readonly turned: Turned };

/** The C functions of libheif that are called; what returns an error writes it where the first argument says. */
interface Libheif {
  readonly HEAPU8: Uint8Array;
  readonly HEAP32: Int32Array;
  _malloc(bytes: number): number;
  _heif_context_alloc(): number;
  _heif_context_read_from_memory_without_copy(error: number, context: number, at: number, bytes: number, _: 0): void;
  _heif_context_get_primary_image_handle(error: number, context: number, out: number): void;
  _heif_image_handle_get_item_id(handle: number): number;
  _heif_image_handle_get_color_profile_type(handle: number): number;
  _heif_image_handle_get_raw_color_profile_size(handle: number): number;
  _heif_image_handle_get_raw_color_profile(error: number, handle: number, out: number): void;
  _heif_image_handle_get_nclx_color_profile(error: number, handle: number, out: number): void;
  _heif_image_handle_get_image_tiling(error: number, handle: number, upright: 0, out: number): void;
  _heif_image_handle_decode_image_tile(
    error: number,
    handle: number,
    out: number,
    colours: number,
    chroma: number,
    options: number,
    column: number,
    row: number,
  ): void;
  _heif_decoding_options_alloc(): number;
  _heif_image_get_width(image: number, channel: number): number;
  _heif_image_get_height(image: number, channel: number): number;
  _heif_image_get_plane_readonly(image: number, channel: number, strideOut: number): number;
  _heif_image_release(image: number): void;
  _heif_item_get_transformation_properties(context: number, item: number, out: number, most: number): number;
  _heif_item_get_property_type(context: number, item: number, property: number): number;
  _heif_item_get_property_transform_rotation_ccw(context: number, item: number, property: number): number;
  _heif_item_get_property_transform_mirror(context: number, item: number, property: number): number;
}

/** `heif_colorspace_RGB`; `heif_chroma_interleaved_RGB`, which is also the name of its only channel. */
const RGB = 1;
const INTERLEAVED = 10;
/** Where `heif_decoding_options` says these, bytes from its start. */
const AS_STORED = 1;
const IN_EIGHT_BITS = 20;
/** Bytes for an error, a pointer, a stride, the numbers of a tiling, a few properties. */
const ERROR_BYTES = 12;
const ANSWER_BYTES = 128;
const MOST_TURNS = 8;
/** Where `heif_color_profile_nclx` says its primaries, bytes from its start; and no profile of a phone is longer. */
const PRIMARIES = 4;
const LONGEST_PROFILE = 64 * 1024;

/**
 * The picture that iPhones and others store (HEIC), piece by piece, so that memory holds one piece beside the result; one of far more pixels
 * than are kept is halved on the way, once or more. As it lies in the file: `turned` says how to put it upright. Holds its memory for as
 * long as its thread lives. Throws `picture.tooHeavy`, or `picture.unreadable` for what is damaged.
 */
export function decodeHeic(bytes: Uint8Array): HeicPicture {
  const lib = loadLibheif();
  const file = lib._malloc(bytes.length);
  const error = lib._malloc(ERROR_BYTES);
  const answer = lib._malloc(ANSWER_BYTES);
  // memory that grows is another array
  const number = (index = 0): number => lib.HEAP32[(answer >> 2) + index] ?? 0;
  const worked = (): void => {
    if (lib.HEAP32[error >> 2] !== 0) throw new AppError('picture.unreadable');
  };
  lib.HEAPU8.set(bytes, file);
  const context = lib._heif_context_alloc();
  lib._heif_context_read_from_memory_without_copy(error, context, file, bytes.length, 0);
  worked();
  lib._heif_context_get_primary_image_handle(error, context, answer);
  worked();
  const handle = number();
  lib._heif_image_handle_get_image_tiling(error, handle, 0, answer);
  worked();
  const [columns, rows, pieceWidth, pieceHeight, width, height] = [1, 2, 3, 4, 5, 6].map(number) as Six;
  if (!isCovered(width, columns, pieceWidth) || !isCovered(height, rows, pieceHeight))
    throw new AppError('picture.unreadable');
  const { alone, ofSeveral } = LARGEST_HEIC_PIECE;
  const mayHave = columns * rows === 1 ? alone : ofSeveral;
  const step = halvedTo(Math.max(width, height), (by) => pieceWidth % by === 0 && pieceHeight % by === 0);
  const info = { width: Math.floor(width / step), height: Math.floor(height / step), channels: 3 as const };
  if (pieceWidth * pieceHeight > mayHave || info.width * info.height > LARGEST_HEIC_RESULT)
    throw new AppError('picture.tooHeavy');
  const data = Buffer.allocUnsafeSlow(info.width * info.height * 3);
  const options = lib._heif_decoding_options_alloc();
  lib.HEAPU8[options + AS_STORED] = 1;
  lib.HEAPU8[options + IN_EIGHT_BITS] = 1;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      lib._heif_image_handle_decode_image_tile(error, handle, answer, RGB, INTERLEAVED, options, column, row);
      worked();
      const piece = number();
      const from = lib._heif_image_get_plane_readonly(piece, INTERLEAVED, answer);
      const size = {
        width: lib._heif_image_get_width(piece, INTERLEAVED),
        height: lib._heif_image_get_height(piece, INTERLEAVED),
        stride: number(),
      };
      const place = { x: (column * pieceWidth) / step, y: (row * pieceHeight) / step, step };
      layInto({ data, info }, { levels: lib.HEAPU8.subarray(from), ...size }, place);
      lib._heif_image_release(piece);
    }
  }
  if (isOfPhoneScreen(lib, handle, { error, answer })) p3ToSrgb(data);
  return { data, info, turned: turnedIn(lib, context, handle, answer) };
}

/** Whether the levels are those of a phone's screen (Display P3): said by a profile, or by the number of its colours. */
function isOfPhoneScreen(
  lib: Libheif,
  handle: number,
  at: { readonly error: number; readonly answer: number },
): boolean {
  const kind = lib._heif_image_handle_get_color_profile_type(handle);
  const failed = (): boolean => lib.HEAP32[at.error >> 2] !== 0;
  if (kind === named('nclx')) {
    lib._heif_image_handle_get_nclx_color_profile(at.error, handle, at.answer);
    if (failed()) return false;
    return areDisplayP3(lib.HEAP32[((lib.HEAP32[at.answer >> 2] ?? 0) + PRIMARIES) >> 2] ?? 0);
  }
  const length = lib._heif_image_handle_get_raw_color_profile_size(handle);
  if (length <= 0 || length > LONGEST_PROFILE) return false;
  const profile = lib._malloc(length);
  lib._heif_image_handle_get_raw_color_profile(at.error, handle, profile);
  return !failed() && isDisplayP3(Buffer.from(lib.HEAPU8.subarray(profile, profile + length)));
}

/** Whether so many pieces reach from one edge to the other, the last of them not beyond. */
function isCovered(length: number, pieces: number, piece: number): boolean {
  return pieces * piece >= length && (pieces - 1) * piece < length;
}

type Six = [number, number, number, number, number, number];

interface Piece {
  readonly levels: Uint8Array;
  readonly width: number;
  readonly height: number;
  /** Bytes from one line to the next. */
  readonly stride: number;
}

/** One level of the result is the mean of `step` × `step` of the piece. */
function layInto(
  { data, info }: RgbImage,
  { levels, width, height, stride }: Piece,
  { x, y, step }: { readonly x: number; readonly y: number; readonly step: number },
): void {
  const wide = Math.min(Math.floor(width / step), info.width - x);
  const high = Math.min(Math.floor(height / step), info.height - y);
  for (let line = 0; line < high; line++) {
    const to = ((y + line) * info.width + x) * 3;
    if (step === 1) {
      data.set(levels.subarray(line * stride, line * stride + wide * 3), to);
      continue;
    }
    for (let at = 0; at < wide * 3; at++) {
      const first = line * step * stride + (Math.floor(at / 3) * step * 3 + (at % 3));
      let sum = 0;
      for (let down = 0; down < step; down++)
        for (let across = 0; across < step; across++) sum += levels[first + down * stride + across * 3] ?? 0;
      data[to + at] = sum / (step * step);
    }
  }
}

function turnedIn(lib: Libheif, context: number, handle: number, answer: number): Turned {
  const item = lib._heif_image_handle_get_item_id(handle);
  const count = lib._heif_item_get_transformation_properties(context, item, answer, MOST_TURNS);
  const properties = [...lib.HEAP32.subarray(answer >> 2, (answer >> 2) + count)];
  let turned: Turned = { degrees: 0 };
  for (const property of properties) {
    const kind = lib._heif_item_get_property_type(context, item, property);
    if (kind === named('irot')) {
      const degrees = lib._heif_item_get_property_transform_rotation_ccw(context, item, property);
      turned = { ...turned, degrees: (degrees % 360) as Turned['degrees'] };
    } else if (kind === named('imir')) {
      const axis = lib._heif_item_get_property_transform_mirror(context, item, property);
      turned = { ...turned, mirrored: axis === 0 ? 'upsideDown' : 'leftRight' };
    }
  }
  return turned;
}

/** Four letters as the number that C makes of them. */
function named(kind: string): number {
  return Buffer.from(kind, 'latin1').readInt32BE();
}

let loaded: Libheif | undefined;

/** Half a second: only who decodes such a picture waits for it. */
function loadLibheif(): Libheif {
  if (loaded !== undefined) return loaded;
  const require = createRequire(import.meta.url);
  const start: (given: { readonly wasmBinary: Buffer }) => Libheif = require('libheif-js/libheif-wasm/libheif.js');
  loaded = start({ wasmBinary: readFileSync(require.resolve('libheif-js/libheif-wasm/libheif.wasm')) });
  return loaded;
}
