import { createHash } from 'node:crypto';
import { AppError } from '@field/kit/errors';
import { z } from 'zod';
import { capturedBytes } from '../../models/captures.ts';
import { captureKey } from '../../models/sealing.ts';
import type { CaptureHeader, CapturePlace } from '../platform/captured.ts';

const LENGTH_BYTES = 4;
const LONGEST_TEXT = 2_000;
const MOST_CHOSEN = 60;
/** No place is further from another. */
const EARTH_M = 20_040_000;

const HEADER = z.object({
  kind: z.enum(['photo', 'code', 'form']),
  slot: z.string().min(1).max(200),
  takenAt: z.number(),
  code: z.string().min(1).max(LONGEST_TEXT).optional(),
  typed: z.literal(true).optional(),
  values: z
    .record(z.string().max(64), z.union([z.string().max(LONGEST_TEXT), z.array(z.string().max(200)).max(MOST_CHOSEN)]))
    .optional(),
  place: z
    .object({
      latitude: z.number().min(-90).max(90),
      longitude: z.number().min(-180).max(180),
      accuracyM: z.number().nonnegative().max(EARTH_M),
      mocked: z.boolean().optional(),
    })
    .optional(),
}) satisfies z.ZodType<CaptureHeader>;

/** What was taken on the page beside the chat, opened. */
export interface OpenedCapture {
  readonly header: CaptureHeader;
  /** As the phone gave it, not looked at yet; empty beside a code. */
  readonly photo: Buffer;
}

/** Whether what came is what its name says. */
export function isWhole(hash: string, sealed: Buffer): boolean {
  return createHash('sha256').update(sealed).digest('hex') === hash;
}

/** Opens what was sealed for the bot; `sealed.unreadable` for anything else. */
export function openCapture(sealed: Buffer): OpenedCapture {
  const plain = captureKey().open(sealed);
  const length = plain.length < LENGTH_BYTES ? plain.length : plain.readUInt32BE(0);
  const photoAt = LENGTH_BYTES + length;
  const { data: header } = HEADER.safeParse(readJson(plain.subarray(LENGTH_BYTES, photoAt)));
  if (header === undefined || photoAt > plain.length) throw new AppError('sealed.unreadable');
  return { header, photo: plain.subarray(photoAt) };
}

/** The photo of a capture, to be checked, and where it was taken; `picture.expired` where its bytes are here no more. */
export async function capturedPhoto(
  hash: string,
): Promise<{ readonly bytes: Buffer; readonly place: CapturePlace | undefined }> {
  const sealed = await capturedBytes(hash);
  if (!isWhole(hash, sealed)) throw new AppError('picture.expired');
  const { header, photo } = openCapture(sealed);
  return { bytes: photo, place: header.place };
}

function readJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}
