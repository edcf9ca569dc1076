import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

/** Reads the codes in what the camera shows. */
export type ReadCodes = (picture: HTMLCanvasElement) => Promise<readonly string[]>;

/** The reader for browsers without one of their own; `wasm`: where its program lies. */
export function prepared(wasm: string): ReadCodes {
  const ready = prepareZXingModule({ overrides: { locateFile: () => wasm }, fireImmediately: true });
  return async (picture) => {
    await ready;
    const pixels = picture.getContext('2d')?.getImageData(0, 0, picture.width, picture.height);
    if (pixels === undefined) return [];
    const found = await readBarcodes(pixels, { formats: ['QRCode'], maxNumberOfSymbols: 1 });
    return found.filter(({ isValid }) => isValid).map(({ text }) => text);
  };
}
