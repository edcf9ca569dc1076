import { asAppError } from '@field/kit/errors';
import type { Logger } from '@field/kit/log';
import { useFlows } from '../../models/flows.ts';
import { readProgrammeHead } from '../../models/settings.ts';
import { createHeldProgrammes } from './held-programmes.ts';

/**
 * For a command: drafts are read under the programme that is worked by now. Where there is none yet, or one that this release cannot
 * read, which is told in the log, they ask for nothing: another one can still be applied.
 */
export async function followProgramme(log: Pick<Logger, 'error' | 'warn'>): Promise<void> {
  useFlows((product) => ({ product, isOffered: false, steps: [], spotsPerStore: 0 }));
  if ((await readProgrammeHead()) === undefined) return;
  const held = createHeldProgrammes({ error: log.error.bind(log), info: () => undefined });
  try {
    await held.look();
  } catch (thrown) {
    const { code } = asAppError(thrown);
    if (code !== 'programme.unreadable') throw thrown;
    return log.warn({ code }, 'programme.unreadable');
  }
  useFlows((product) => held.current().flowOf(product));
}
