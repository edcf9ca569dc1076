import { Worker } from 'node:worker_threads';
import { AppError, asAppError, type ErrorCode } from '@field/kit/errors';
import { decodeHeic, type HeicPicture } from './heic-picture.ts';

/** What comes back from the thread. */
export type HeicAnswer =
  | (Pick<HeicPicture, 'info' | 'turned'> & { readonly data: Uint8Array })
  | { readonly refused: ErrorCode };

/**
 * `decodeHeic` in a thread of its own, so that whoever watches what the process holds goes on watching, and what the decoder took is given back.
 * Run from TypeScript sources, which Node does not load, it decodes on the calling thread. Throws as `decodeHeic` does.
 */
export async function heicPicture(bytes: Buffer): Promise<HeicPicture> {
  const script = workerScript();
  if (script === undefined) return decodeHeic(bytes);
  const worker = new Worker(script);
  try {
    const answer = await new Promise<HeicAnswer>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
      worker.once('exit', () => reject(new AppError('picture.unreadable')));
      worker.postMessage(bytes);
    });
    if ('refused' in answer) throw new AppError(answer.refused);
    const { data, info, turned } = answer;
    return { data: Buffer.from(data.buffer, data.byteOffset, data.length), info, turned };
  } catch (error) {
    throw asAppError(error);
  } finally {
    await worker.terminate();
  }
}

function workerScript(): URL | undefined {
  return import.meta.url.endsWith('.ts') ? undefined : new URL('./heic-worker.js', import.meta.url);
}
