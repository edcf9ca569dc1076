const SOI = 0xffd8;
const APP1 = 0xffe1;
const START_OF_SCAN = 0xffda;
const EXIF = [0x45, 0x78, 0x69, 0x66, 0, 0];
const ORIENTATION = 0x0112;

/** The Exif part of a JPEG, with its marker and length; undefined where it has none, or is no JPEG. */
export function exifOf(jpeg: Uint8Array): Uint8Array | undefined {
  const view = new DataView(jpeg.buffer, jpeg.byteOffset, jpeg.byteLength);
  if (jpeg.length < 4 || view.getUint16(0) !== SOI) return undefined;
  for (let at = 2; at + 4 <= jpeg.length; ) {
    const marker = view.getUint16(at);
    if (marker < 0xff00 || marker === START_OF_SCAN) return undefined;
    const end = at + 2 + view.getUint16(at + 2);
    if (end > jpeg.length) return undefined;
    if (marker === APP1 && EXIF.every((byte, place) => jpeg[at + 4 + place] === byte))
      return new Uint8Array(jpeg.subarray(at, end));
    at = end;
  }
  return undefined;
}

/** A picture that was drawn anew, with what its original told of time and place; it stands upright already. */
export function withExif(jpeg: Uint8Array, exif: Uint8Array | undefined): Uint8Array<ArrayBuffer> {
  const told = exif === undefined ? new Uint8Array(0) : upright(exif);
  const whole = new Uint8Array(jpeg.length + told.length);
  whole.set(jpeg.subarray(0, 2));
  whole.set(told, 2);
  whole.set(jpeg.subarray(2), 2 + told.length);
  return whole;
}

/** The same with its orientation, where it tells one, as 1. */
function upright(exif: Uint8Array): Uint8Array {
  const told = new Uint8Array(exif);
  const start = 4 + EXIF.length;
  const view = new DataView(told.buffer, start);
  try {
    const little = view.getUint16(0) === 0x4949;
    const first = view.getUint32(4, little);
    const count = view.getUint16(first, little);
    for (let entry = 0; entry < count; entry++) {
      const at = first + 2 + entry * 12;
      if (view.getUint16(at, little) === ORIENTATION) view.setUint16(at + 8, 1, little);
    }
  } catch {
    // cut off: what can be read of it is the bot's to judge
  }
  return told;
}
