import { deserialize } from 'node:v8';
import { fingerprintOf, type ProgrammeFile } from '../programme/files.ts';
import { type Reading, readProgramme } from '../programme/read.ts';
import { type KeptReading, SHIPPED } from './shipped-reading.ts';

/** As `readProgramme`. */
export type ReadingOf = (files: readonly ProgrammeFile[]) => Reading;

/** As many as are open at once: the one in use, and those of before. */
const MOST_KEPT = 8;

/**
 * What the same files say is read once: to read and check them takes longer than anything else of a start, so that the build has done it for
 * those that are shipped. Mistakes are read anew.
 */
export function createReadings(shipped: KeptReading | undefined = SHIPPED): ReadingOf {
  const kept = new Map<string, Reading>();
  return (files) => {
    const fingerprint = fingerprintOf(files);
    const known = kept.get(fingerprint);
    if (known !== undefined) return known;
    const reading = (shipped?.of === fingerprint ? unpacked(shipped) : undefined) ?? readProgramme(files);
    if ('mistakes' in reading) return reading;
    kept.set(fingerprint, reading);
    for (const oldest of kept.keys()) {
      if (kept.size <= MOST_KEPT) break;
      kept.delete(oldest);
    }
    return reading;
  };
}

/** Another V8 than the build's may not understand it: then it is read as ever. */
function unpacked({ reading }: KeptReading): Reading | undefined {
  try {
    return deserialize(Buffer.from(reading, 'base64'));
  } catch {
    return undefined;
  }
}
