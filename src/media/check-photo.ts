import { createHash } from 'node:crypto';
import { asAppError, type ErrorCode } from '@field/kit/errors';
import sharp, { type Metadata, type Sharp } from 'sharp';
import type { Room } from '../work/room.ts';
import { decodingMemory } from './decoding-memory.ts';
import { exifTakenAt } from './exif-taken-at.ts';
import { type GreyImage, greyOf, type RgbImage, shrunk, squeezed, stretched } from './grey-image.ts';
import { heicPicture } from './heic-thread.ts';
import { type ImageKind, imageKind } from './image-kind.ts';
import {
  KEPT_LONG_SIDE,
  LARGEST_DECODING_BYTES,
  LARGEST_PICTURE_BYTES,
  LARGEST_PICTURE_PIXELS,
  SMALLEST_SIDE,
} from './photo-limits.ts';
import { BLURRY_BELOW, isDark, QUALITY_SIDE, sharpness } from './photo-quality.ts';
import { LOOKS_SIDE, looksOf } from './picture-looks.ts';
import { type CodePicture, smallOf } from './read-codes.ts';

/** Why a picture cannot be used at all (domain A.5). Everything else only warns. */
export type RefusalReason = Extract<
  ErrorCode,
  | 'picture.notAnImage'
  | 'picture.unsupportedFormat'
  | 'picture.tooBig'
  | 'picture.tooHeavy'
  | 'picture.tooSmall'
  | 'picture.unreadable'
>;

export interface RefusedPhoto {
  readonly kept: false;
  readonly reason: RefusalReason;
  /** sha256 of the bytes as sent. */
  readonly originalHash: string;
}

export interface KeptPhoto {
  readonly kept: true;
  /** Re-encoded, upright, at most 2,560 pixels long, without any EXIF. */
  readonly jpeg: Buffer;
  /** sha256 of `jpeg`: the photo's name in the store and in handed-over files. */
  readonly contentHash: string;
  /** sha256 of the bytes as sent: the very same file again. */
  readonly originalHash: string;
  /** Of `jpeg`, pixels. */
  readonly width: number;
  readonly height: number;
  /** What it looks like (`looksOf`), to be told from earlier photos; absent where a code was read, which says whose it is. */
  readonly looks?: string | undefined;
  readonly dark: boolean;
  readonly blurry: boolean;
  /** Under 480 pixels on the short side, kept because a code was read: good enough for a close-up only. */
  readonly small: boolean;
  /** ISO 8601 in the camera's local time, when the picture still says. */
  readonly takenAt?: string | undefined;
  /** Raw payloads of every QR code read, each once. */
  readonly codes: readonly string[];
}

export type PhotoVerdict = KeptPhoto | RefusedPhoto;

export interface CheckPhotoOptions {
  /** Reads the QR codes of a picture: `readCodes`, or the same off the main thread. */
  readonly readCodes: (picture: CodePicture) => Promise<readonly string[]>;
  /** The memory that pictures being decoded share, bytes; without it nobody else is at it. */
  readonly memory?: Room | undefined;
}

/** What checking takes beside the decoder: the picture as it is kept, in colours and in grey, and its JPEG. */
const WORKING_BYTES = 40 * 1024 * 1024;
const NOT_SHARED: Room = { holding: (_, work) => work() };

/**
 * Judges one picture as it was sent and makes the photo that is kept. Never throws for what a person may send; a refusal
 * is an answer. Limits hold before anything is decoded.
 */
export async function checkPhoto(
  bytes: Buffer,
  { readCodes, memory = NOT_SHARED }: CheckPhotoOptions,
): Promise<PhotoVerdict> {
  const originalHash = sha256(bytes);
  const refused = (reason: RefusalReason): RefusedPhoto => ({ kept: false, reason, originalHash });

  if (bytes.length > LARGEST_PICTURE_BYTES) return refused('picture.tooBig');
  const kind = imageKind(bytes);
  if (!kind) return refused('picture.notAnImage');
  const header = await readHeader(bytes, kind);
  if (typeof header === 'string') return refused(header);
  return await memory.holding(WORKING_BYTES + decodingMemory(header), async () => {
    const found = await lookedAt(bytes, header, readCodes);
    if (typeof found === 'string') return refused(found);
    return { ...found, originalHash };
  });
}

async function lookedAt(
  bytes: Buffer,
  header: Metadata,
  readCodes: CheckPhotoOptions['readCodes'],
): Promise<Omit<KeptPhoto, 'originalHash'> | RefusalReason> {
  const { format, width, height, exif } = header;
  const sent = header.compression === 'hevc' && !DECODES_HEVC ? await heicAsSent(bytes) : asSent(bytes);
  if (typeof sent === 'string') return sent;
  const raw = await decode(sent.upright());
  if (!raw) return format === 'heif' ? 'picture.unsupportedFormat' : 'picture.unreadable';
  const jpeg = await sharp(raw.data, { raw: raw.info }).jpeg({ quality: 84 }).toBuffer();
  const grey = greyOf(raw);
  const shrunken = await smallOf(grey);
  const larger = Math.max(width, height) > KEPT_LONG_SIDE;
  const codes = await readCodes({ grey, small: shrunken, original: larger ? await sent.original() : undefined });
  const small = Math.min(grey.width, grey.height) < SMALLEST_SIDE;
  if (small && codes.length === 0) return 'picture.tooSmall';
  const takenAt = exif && (await exifTakenAt(exif));
  return {
    kept: true,
    jpeg,
    contentHash: sha256(jpeg),
    width: grey.width,
    height: grey.height,
    ...(await quality(shrunken, codes.length > 0)),
    small,
    takenAt,
    codes,
  };
}

/** The sharp from npm has no decoder for what iPhones store, one built from source may. */
const DECODES_HEVC = sharp.format.heif.input.fileSuffix?.includes('.heic') === true;
/** Nothing of a code is lost by it. */
const QUALITY_OF_ORIGINAL = 92;

/** A picture before it is made smaller. */
interface Sent {
  upright(): Sharp;
  /** A file of all its pixels, in which a code may be read that is too small otherwise. */
  original(): Promise<Buffer>;
}

function asSent(bytes: Buffer): Sent {
  return {
    upright: () => sharp(bytes, { limitInputPixels: LARGEST_PICTURE_PIXELS, failOn: 'error' }).autoOrient(),
    original: async () => bytes,
  };
}

/** What iPhones store. */
async function heicAsSent(bytes: Buffer): Promise<Sent | RefusalReason> {
  try {
    const { data, info, turned } = await heicPicture(bytes);
    const upright = (): Sharp =>
      sharp(data, { raw: info })
        .rotate(-turned.degrees)
        .flip(turned.mirrored === 'upsideDown')
        .flop(turned.mirrored === 'leftRight');
    return { upright, original: () => upright().greyscale().jpeg({ quality: QUALITY_OF_ORIGINAL }).toBuffer() };
  } catch (error) {
    return asAppError(error).code === 'picture.tooHeavy' ? 'picture.tooHeavy' : 'picture.unreadable';
  }
}

/** The header alone; a reason when it already says no. The limit counts every page of an animation. */
async function readHeader(bytes: Buffer, kind: ImageKind): Promise<Metadata | RefusalReason> {
  let header: Metadata;
  try {
    header = await sharp(bytes, { limitInputPixels: false }).metadata();
  } catch {
    return kind === 'heif' ? 'picture.unsupportedFormat' : 'picture.unreadable';
  }
  if (header.format !== kind) return 'picture.notAnImage';
  const pixels = header.width * (header.pageHeight ?? header.height) * (header.pages ?? 1);
  if (pixels > LARGEST_PICTURE_PIXELS) return 'picture.tooBig';
  return decodingMemory(header) > LARGEST_DECODING_BYTES ? 'picture.tooHeavy' : header;
}

/** The first page upright in plain RGB, no longer than what is kept; undefined when the file is damaged or cut off. */
async function decode(upright: Sharp): Promise<RgbImage | undefined> {
  try {
    const { data, info } = await upright
      .flatten({ background: '#fff' })
      .resize({ width: KEPT_LONG_SIDE, height: KEPT_LONG_SIDE, fit: 'inside', withoutEnlargement: true })
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    return { data, info: { width: info.width, height: info.height, channels: 3 } };
  } catch {
    return undefined;
  }
}

async function quality(grey: GreyImage, hasCode: boolean): Promise<Pick<KeptPhoto, 'looks' | 'dark' | 'blurry'>> {
  const measured = await shrunk(grey, QUALITY_SIDE);
  const dark = isDark(measured);
  return {
    looks: hasCode ? undefined : looksOf(await squeezed(measured, LOOKS_SIDE)),
    dark,
    // What a reader could read is sharp enough. Darkness flattens every edge: without this each night photo would be called blurry too.
    blurry: !hasCode && sharpness(dark ? stretched(measured) : measured) < BLURRY_BELOW,
  };
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
