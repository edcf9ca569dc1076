import sharp, { type Sharp } from 'sharp';

/** A side of 10,480 pixels: 109.8 megapixels, which a phone's plain JPEG may have. */
export const LARGE_SIDE = 10_480;

/**
 * Files of a few hundred bytes whose header says that they are this large, in formats that a decoder holds whole. What decides by the
 * header refuses them; a decoder finds out soon that they are cut off.
 */
export const declaring = {
  /** Frame header: FF C0 or C2, length, precision, then height and width. */
  jpeg: async (width: number, height: number, { progressive = false } = {}): Promise<Buffer> => {
    const bytes = await tiny().jpeg({ progressive, chromaSubsampling: '4:4:4' }).toBuffer();
    const at = bytes.indexOf(Buffer.from([0xff, progressive ? 0xc2 : 0xc0]));
    bytes.writeUInt16BE(height, at + 5);
    bytes.writeUInt16BE(width, at + 7);
    return bytes;
  },
  interlacedPng: async (width: number, height: number, { bits = 8 } = {}): Promise<Buffer> => {
    const picture = bits === 16 ? tiny().ensureAlpha().toColourspace('rgb16') : tiny();
    const bytes = await picture.png({ progressive: true }).toBuffer();
    const header = bytes.subarray(12, 29);
    header.writeUInt32BE(width, 4);
    header.writeUInt32BE(height, 8);
    bytes.writeUInt32BE(crc32(header), 29);
    return bytes;
  },
  /** Each frame over a single pixel of data. */
  gif: async (width: number, height: number, frames = 1): Promise<Buffer> => {
    const screen = Buffer.from('47494638396100000000800000000000ffffff', 'hex');
    screen.writeUInt16LE(width, 6);
    screen.writeUInt16LE(height, 8);
    const frame = Buffer.from('2c0000000000000000000202440100', 'hex');
    frame.writeUInt16LE(width, 5);
    frame.writeUInt16LE(height, 7);
    return Buffer.concat([screen, ...Array<Buffer>(frames).fill(frame), Buffer.from(';')]);
  },
  /** The size stands in the property `ispe`, after its version and flags. */
  avif: async (width: number, height: number): Promise<Buffer> => {
    const bytes = await tiny().avif({ effort: 0 }).toBuffer();
    const at = bytes.indexOf('ispe') + 8;
    bytes.writeUInt32BE(width, at);
    bytes.writeUInt32BE(height, at + 4);
    return bytes;
  },
};

function tiny(): Sharp {
  return sharp({ create: { width: 64, height: 64, channels: 3, background: '#8a4' } });
}

/** As PNG closes its chunks. */
export function crc32(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}
