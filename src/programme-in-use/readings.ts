import { fingerprintOf, type ProgrammeFile } from '../programme/files.ts';
import { type Reading, readProgramme } from '../programme/read.ts';

/** As `readProgramme`. */
export type ReadingOf = (files: readonly ProgrammeFile[]) => Reading;

/** As many as are open at once: the one in use, and those of before. */
const MOST_KEPT = 8;

/** What the same files say is read once: to read and check them takes longer than anything else of a start. Mistakes are read anew. */
export function createReadings(): ReadingOf {
  const kept = new Map<string, Reading>();
  return (files) => {
    const fingerprint = fingerprintOf(files);
    const known = kept.get(fingerprint);
    if (known !== undefined) return known;
    const reading = readProgramme(files);
    if ('mistakes' in reading) return reading;
    kept.set(fingerprint, reading);
    for (const oldest of kept.keys()) {
      if (kept.size <= MOST_KEPT) break;
      kept.delete(oldest);
    }
    return reading;
  };
}
