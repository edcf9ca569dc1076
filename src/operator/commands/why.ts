import { z } from 'zod';
import { command } from '../command.ts';
import { timelineOf } from '../why/timeline.ts';

export const why = command({
  name: 'why',
  what: 'tells what happened to a promotion, a spot, a code, a person or a daily file: who, what, by which file, which cards',
  takes: {
    number: {
      called: 'number',
      what: 'P-7K3M, a code, a userId, the name of a daily file, or an id as files name it',
      schema: z.string().min(1, 'is empty: write a number, a name or an id.'),
    },
  },
  options: {},
  run: ({ number }, { onStore, daily }) => onStore(() => timelineOf(number, daily().incoming)),
  say: ({ what, happened }) =>
    [
      `${what.slice(0, 1).toUpperCase()}${what.slice(1)}`,
      ...(happened.length === 0 ? ['  Nothing is kept of what happened to it.'] : []),
      ...happened.map(({ at, says }) => `  ${at.slice(0, 19).replace('T', ' ')}  ${says}`),
    ].join('\n'),
});
