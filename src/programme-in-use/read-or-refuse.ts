import { AppError } from '@field/kit/errors';
import { followed } from '../programme/checks/followed.ts';
import type { ProgrammeFile } from '../programme/files.ts';
import { lineOf } from '../programme/mistake.ts';
import type { Programme } from '../programme/programme.ts';
import { type Reading, readProgramme } from '../programme/read.ts';
import type { ReadingOf } from './readings.ts';

/** More are not read by anybody at once. */
const MOST_TOLD = 200;

/** A programme from its files. Errors: `programme.wrong`, whose `say` has every mistake, a line each. */
export function readOrRefuse(files: readonly ProgrammeFile[]): Programme {
  return orRefused(readProgramme(files));
}

/** One that is to be worked by from now on: what this release does not follow is a mistake too. Errors: `programme.wrong`. */
export function readToApply(files: readonly ProgrammeFile[], readingOf: ReadingOf = readProgramme): Programme {
  const reading = readingOf(files);
  if ('programme' in reading && followed(reading.programme).length === 0) return reading.programme;
  // once more for the places of all mistakes together
  return orRefused(readProgramme(files, [followed]));
}

function orRefused(reading: Reading): Programme {
  if ('programme' in reading) return reading.programme;
  const { mistakes } = reading;
  const more = mistakes.length - MOST_TOLD;
  const lines = [...mistakes.slice(0, MOST_TOLD).map(lineOf), ...(more > 0 ? [`And ${more} more.`] : [])];
  throw new AppError('programme.wrong', { mistakes: mistakes.length, say: lines.join('\n') });
}
