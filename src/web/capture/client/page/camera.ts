import type { ReadCodes } from './read-code.ts';

const EVERY_MS = 200;
const LONGEST_SIDE = 1_024;

interface Detector {
  detect(source: CanvasImageSource): Promise<readonly { readonly rawValue: string }[]>;
}

interface WithDetector {
  readonly BarcodeDetector?: {
    new (options: { formats: readonly string[] }): Detector;
    getSupportedFormats(): Promise<readonly string[]>;
  };
}

/** The browser's own reader where it has one, else the one that is loaded now (a megabyte: `read-code.ts`). */
export async function codeReader(wasm: string): Promise<ReadCodes> {
  const { BarcodeDetector } = globalThis as WithDetector;
  const formats = BarcodeDetector === undefined ? [] : await BarcodeDetector.getSupportedFormats().catch(() => []);
  if (BarcodeDetector !== undefined && formats.includes('qr_code')) {
    const detector = new BarcodeDetector({ formats: ['qr_code'] });
    return async (picture) => (await detector.detect(picture)).map(({ rawValue }) => rawValue);
  }
  const { prepared } = await import('./read-code.ts');
  return prepared(wasm);
}

/**
 * Shows the camera in `video` until one code is seen, or `stop` says so (then undefined). Errors: `NotAllowedError` where the person
 * or the client does not let the page, `NotFoundError` without a camera.
 */
export async function codeFromCamera(
  video: HTMLVideoElement,
  reader: Promise<ReadCodes>,
  stop: AbortSignal,
): Promise<string | undefined> {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' }, audio: false });
  try {
    video.srcObject = stream;
    await video.play();
    const read = await reader;
    const canvas = document.createElement('canvas');
    while (!stop.aborted) {
      const [code] = await read(look(video, canvas));
      if (code !== undefined && code !== '') return code;
      await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
    }
    return undefined;
  } finally {
    for (const track of stream.getTracks()) track.stop();
    video.srcObject = null;
  }
}

function look(video: HTMLVideoElement, canvas: HTMLCanvasElement): HTMLCanvasElement {
  const scale = Math.min(1, LONGEST_SIDE / Math.max(video.videoWidth, video.videoHeight, 1));
  canvas.width = Math.max(1, Math.round(video.videoWidth * scale));
  canvas.height = Math.max(1, Math.round(video.videoHeight * scale));
  canvas.getContext('2d', { willReadFrequently: true })?.drawImage(video, 0, 0, canvas.width, canvas.height);
  return canvas;
}
