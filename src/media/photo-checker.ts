import { createRoom } from '../work/room.ts';
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

/** Three ordinary photos at once, or one for which much has to be held. */
const MEMORY_BYTES = 200 * 1024 * 1024;

/**
 * A checker with `threads` code readers (1 unless told). Pictures that together would take too much memory wait for each other. A
 * picture that breaks the code reader counts as one without a code, so that its sender can go on and type it.
 */
export function createPhotoChecker({ onReaderFailure, ...options }: PhotoCheckerOptions = {}): PhotoChecker {
  const reader = createCodeReader(options);
  const memory = createRoom(MEMORY_BYTES);
  return {
    check: (bytes) =>
      checkPhoto(bytes, {
        memory,
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
