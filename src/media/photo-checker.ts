import { checkPhoto, type PhotoVerdict } from './check-photo.ts';
import { type CodeReaderOptions, createCodeReader } from './code-reader.ts';

/** Judges pictures (see `checkPhoto`), reading their codes off the main thread. */
export interface PhotoChecker {
  check(bytes: Buffer): Promise<PhotoVerdict>;
  close(): Promise<void>;
}

export interface PhotoCheckerOptions extends CodeReaderOptions {
  /** Told when the code reader broke down on a picture. */
  readonly onReaderFailure?: ((error: unknown) => void) | undefined;
}

/**
 * A checker with `threads` code readers (1 unless told). How many pictures are under way at once is for the caller to
 * bound: each needs up to 50 MB. A picture that breaks the code reader counts as one without a code, so that its sender
 * can go on and type it.
 */
export function createPhotoChecker({ onReaderFailure, ...options }: PhotoCheckerOptions = {}): PhotoChecker {
  const reader = createCodeReader(options);
  return {
    check: (bytes) =>
      checkPhoto(bytes, {
        readCodes: async (picture) => {
          try {
            return await reader.read(picture);
          } catch (error) {
            onReaderFailure?.(error);
            return [];
          }
        },
      }),
    close: () => reader.close(),
  };
}
