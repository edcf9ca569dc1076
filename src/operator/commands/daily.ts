import { z } from 'zod';
import { type CommandGroup, command } from '../command.ts';
import { type DryRun, dryRun } from '../daily/dry-run.ts';
import type { LandedFile } from '../daily/follow.ts';
import { importFile } from '../daily/import-file.ts';
import { releaseFromQuarantine, retryFile } from '../daily/put-again.ts';
import { sayDryRun, sayLanded, sayStatus } from '../daily/say.ts';
import { dailyStatus } from '../daily/status.ts';

const USUAL_DAYS = 14;
const MOST_DAYS = 90;

const file = (what: string) => ({
  called: 'file',
  what,
  schema: z.string().min(1, 'is empty: write the name of a file.'),
});

const importing = command({
  name: 'import',
  what: 'puts a daily file where the bot lands it, and looks on until it is landed',
  takes: { file: file('a file such as review_20260503_001.csv') },
  options: {
    dryRun: {
      called: '',
      what: 'explains every row and every card that it would send, and changes nothing',
      schema: z
        .literal('yes')
        .optional()
        .transform((typed) => typed !== undefined),
    },
    as: {
      called: 'name',
      what: 'the name under which it is to land, where it has another',
      schema: z.string().min(1, 'is empty: write a name such as review_20260503_001.csv.').optional(),
    },
  },
  run: async ({ dryRun: isDry, ...asked }, operator): Promise<LandedFile | DryRun> =>
    isDry ? await dryRun(asked, operator) : await importFile(asked, operator),
  say: (result) => ('cards' in result ? sayDryRun(result) : sayLanded(result)),
});

const status = command({
  name: 'status',
  what: 'shows what came day by day with its outcomes, what is late, what waits, and what is in quarantine and why',
  takes: {},
  options: {
    days: {
      called: 'days',
      what: `how many days back, up to ${MOST_DAYS}`,
      schema: z
        .string()
        .default(String(USUAL_DAYS))
        .refine((days) => /^[1-9]\d?$/.test(days) && Number(days) <= MOST_DAYS, `must be from 1 to ${MOST_DAYS}.`)
        .transform(Number),
    },
  },
  run: ({ days }, operator) => dailyStatus(days, operator),
  say: sayStatus,
});

const quarantined = file('the name of a file in quarantine, as status shows it');

const retry = command({
  name: 'retry',
  what: 'has a quarantined file looked at once more, once what it is about was put right',
  takes: { file: quarantined },
  options: {},
  run: (asked, operator) => retryFile(asked.file, operator),
  say: sayLanded,
});

const release = command({
  name: 'release',
  what: 'has a file landed of which most rows are wrong: what is right of it is applied',
  takes: { file: quarantined },
  options: {},
  run: (asked, operator) => releaseFromQuarantine(asked.file, operator),
  say: sayLanded,
});

export const daily: CommandGroup = {
  name: 'daily',
  what: 'the files that come in each day',
  script: 'npm run daily --',
  commands: [importing, status, retry, release],
};
