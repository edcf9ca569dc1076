import type { ErrorCode } from '@field/kit/errors';
import type { KeptPhoto } from './check-photo.ts';

/** What became of a picture that was sent: kept, with what was found in it, or why it could not be. */
export type PictureVerdict = Omit<KeptPhoto, 'jpeg'> | { readonly kept: false; readonly reason: ErrorCode };
