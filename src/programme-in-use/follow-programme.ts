import { AppError, asAppError } from '@field/kit/errors';
import type { Logger } from '@field/kit/log';
import { useProgrammes } from '../../models/programme-in-use.ts';
import { readProgrammeHead } from '../../models/settings.ts';
import { NO_CODES } from '../domain/code.ts';
import type { VersionedProgramme } from '../programme/versioned-programme.ts';
import { createHeldProgrammes } from './held-programmes.ts';

/** In place of one that is not there: nothing is asked by it, and what it says cannot be read. */
const NONE: VersionedProgramme = {
  version: 0,
  get programme(): never {
    throw none();
  },
  get reasons(): never {
    throw none();
  },
  get inspection(): never {
    throw none();
  },
  flowOf: (product) => ({ product, isOffered: false, steps: [], spotsPerStore: 0, codes: NO_CODES, clauses: [] }),
  pictures: new Map(),
};

/**
 * For a command: drafts are read under the programme that is worked by now. Where there is none yet, or one that this release cannot
 * read, which is told in the log, they ask for nothing: another one can still be applied.
 */
export async function followProgramme(log: Pick<Logger, 'error' | 'warn'>): Promise<void> {
  const held = createHeldProgrammes({ error: log.error.bind(log), info: () => undefined });
  useProgrammes({ current: () => NONE, at: held.at });
  if ((await readProgrammeHead()) === undefined) return;
  try {
    await held.look();
  } catch (thrown) {
    const { code } = asAppError(thrown);
    if (code !== 'programme.unreadable') throw thrown;
    return log.warn({ code }, 'programme.unreadable');
  }
  useProgrammes(held);
}

function none(): AppError {
  return new AppError('programme.unknown', { say: 'There is no programme that this release can read.' });
}
