import { AppError } from '@field/kit/errors';
import type { Bill } from '../platform/bill.ts';
import type { Platform } from '../platform/platform.ts';
import { LARGEST_PICTURE_BYTES, LARGEST_TRANSFER_BYTES } from './photo-limits.ts';

const TRANSFER_TIMEOUT_MS = 30_000;

/**
 * Fetches a picture that a person sent. A download link lives shortly, so an expired one is asked for once more; after
 * that it is `picture.expired`. `picture.tooBig` over 20 MB. What may work later stays `retryable`, as the platform says.
 */
export async function fetchPicture(
  platform: Pick<Platform, 'downloadUrl' | 'fetchFile'>,
  downloadCode: string,
  bill: Bill,
): Promise<Buffer> {
  const fetchOnce = async () => {
    const url = await platform.downloadUrl(downloadCode, bill);
    return platform.fetchFile(url, { maxBytes: LARGEST_TRANSFER_BYTES, timeoutMs: TRANSFER_TIMEOUT_MS });
  };
  let bytes: Buffer;
  try {
    bytes = await fetchOnce();
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'picture.expired')) throw error;
    bytes = await fetchOnce();
  }
  if (bytes.length > LARGEST_PICTURE_BYTES) throw new AppError('picture.tooBig', { bytes: bytes.length });
  return bytes;
}
