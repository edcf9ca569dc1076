import type { Metadata } from 'sharp';
import { halvedTo, LARGEST_HEIC_PIECE } from './heic-limits.ts';

/** What a picture's header says about how it will have to be decoded. */
export type PictureHeader = Pick<
  Metadata,
  'format' | 'compression' | 'width' | 'height' | 'pages' | 'channels' | 'depth' | 'isProgressive'
>;

/** Of the two numbers that a decoder multiplies: 1, 2, 4 or 8 bytes for each of the pixel's channels. */
const SAMPLE_BYTES: Readonly<Record<string, number>> = {
  uchar: 1,
  char: 1,
  ushort: 2,
  short: 2,
  uint: 4,
  int: 4,
  float: 4,
  complex: 8,
  double: 8,
  dpcomplex: 16,
};

/** Lines of a picture that the decoder, the resizing and the encoder have in hand at once; seen with a line of a million pixels. */
const LINES_IN_HAND = 300;

/**
 * Bytes that decoding a picture holds at once, beside what every picture takes. Most photos are read line by line, whatever their
 * size; what is not is held whole: all scans of a progressive JPEG as 16-bit coefficients, an interlaced PNG, a GIF, WebP or TIFF, AVIF
 * several times over, and so a HEIC that may be in one piece; a larger one as it is after halving, upright and not yet. The figures a
 * pixel are the peaks that libvips 8.18 and libheif 1.23 came to, rounded up.
 */
export function decodingMemory(header: PictureHeader): number {
  const { width, height, channels, depth } = header;
  const pixelBytes = channels * (SAMPLE_BYTES[depth] ?? 16);
  return width * height * heldPerPixel(header, pixelBytes) + width * pixelBytes * LINES_IN_HAND;
}

function heldPerPixel(
  { format, compression, width, height, channels, depth, isProgressive, pages = 1 }: PictureHeader,
  pixelBytes: number,
): number {
  const isAnimated = pages > 1;
  switch (format) {
    case 'jpeg':
      return isProgressive ? channels * 2 : 0;
    case 'png':
      return isProgressive ? pixelBytes : 0;
    case 'gif':
      return 5;
    case 'webp':
      return isAnimated ? 8 : 4;
    case 'tiff':
      return pixelBytes;
    default:
      if (compression === 'hevc') {
        return width * height <= LARGEST_HEIC_PIECE.alone ? 10 : 8 / halvedTo(Math.max(width, height)) ** 2;
      }
      return depth === 'uchar' ? 20 : 28;
  }
}
