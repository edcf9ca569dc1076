import type { ErrorCode } from '@field/kit/errors';
import type { CapturePlace } from '../platform/captured.ts';
import type { KeptPhoto } from './check-photo.ts';

/** What became of a picture that was sent: kept, with what was found in it, or why it could not be. */
export type PictureVerdict =
  | (Omit<KeptPhoto, 'jpeg'> & {
      /** Earlier photos of the ISO that it looks like, the likest first; absent where it was not compared. */
      readonly alike?: readonly string[] | undefined;
      /** Where it was taken, as its phone says; absent where that was not asked. */
      readonly place?: CapturePlace | undefined;
    })
  | { readonly kept: false; readonly reason: ErrorCode };
