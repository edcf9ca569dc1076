import { extname } from 'node:path';
import { AppError } from '@field/kit/errors';
import { readOldAnswer } from './call.ts';
import { LONGEST_ANSWER_BYTES, readUpTo } from './read-up-to.ts';
import { tooLong } from './refusal.ts';

const UPLOAD_TIMEOUT_MS = 20_000;
const ASK_TIMEOUT_MS = 7_000;
/** Contract 3.3. */
const LARGEST_BYTES = 20 * 1024 * 1024;

const IMAGE_TYPES: Readonly<Record<string, string>> = {
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.png': 'image/png',
  '.gif': 'image/gif',
  '.bmp': 'image/bmp',
};

/** Uploads a picture by the old API, which the SDK does not cover; answers its `media_id`. */
export async function uploadImage(
  oapiBase: string,
  image: { bytes: Buffer; fileName: string },
  token: string,
): Promise<string> {
  const type = IMAGE_TYPES[extname(image.fileName).toLowerCase()];
  if (type === undefined) throw new AppError('dingtalk.refused', { reason: 'pictureType' });
  if (image.bytes.length > LARGEST_BYTES) throw new AppError('dingtalk.refused', { reason: 'pictureSize' });
  return await upload(oapiBase, { ...image, as: 'image', type }, token);
}

/** Uploads a file for a chat; answers its `media_id`. */
export async function uploadFile(
  oapiBase: string,
  file: { bytes: Buffer; fileName: string },
  token: string,
): Promise<string> {
  if (file.bytes.length > LARGEST_BYTES) throw new AppError('dingtalk.refused', { reason: 'fileSize' });
  return await upload(oapiBase, { ...file, as: 'file', type: 'application/octet-stream' }, token);
}

async function upload(
  oapiBase: string,
  { bytes, fileName, as, type }: { bytes: Buffer; fileName: string; as: 'image' | 'file'; type: string },
  token: string,
): Promise<string> {
  const form = new FormData();
  form.set('type', as);
  form.set('media', new Blob([new Uint8Array(bytes)], { type }), fileName);
  const query = new URLSearchParams({ access_token: token, type: as });
  const answer = await post(`${oapiBase}/media/upload?${query}`, { body: form });
  const { media_id: mediaId } = answer;
  if (typeof mediaId !== 'string' || mediaId === '') throw new AppError('dingtalk.refused', { reason: 'noMediaId' });
  return mediaId;
}

/** Asks the old API something in JSON; its answer is `errcode` 0, else `dingtalk.refused` with that code in its details. */
export async function askOldApi(
  oapiBase: string,
  path: string,
  body: Readonly<Record<string, string>>,
  token: string,
): Promise<Record<string, unknown>> {
  return await post(
    `${oapiBase}${path}?${new URLSearchParams({ access_token: token })}`,
    { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } },
    ASK_TIMEOUT_MS,
  );
}

async function post(
  url: string,
  request: Pick<RequestInit, 'body' | 'headers'>,
  timeoutMs = UPLOAD_TIMEOUT_MS,
): Promise<Record<string, unknown>> {
  let status: number;
  let text: string;
  try {
    const signal = AbortSignal.timeout(timeoutMs);
    const response = await fetch(url, { method: 'POST', ...request, redirect: 'error', signal });
    status = response.status;
    text = String(await readUpTo(response, LONGEST_ANSWER_BYTES, tooLong()));
  } catch (thrown) {
    if (thrown instanceof AppError) throw thrown;
    // the error of `fetch` may quote the address, and the token stands in it
    throw new AppError('dingtalk.unreachable', { reason: 'network' });
  }
  return readOldAnswer(status, text);
}
