import { z } from 'zod';
import { isLanguage, LANGUAGES } from '../../domain/languages.ts';
import { command } from '../command.ts';
import { storyAsOnCards } from '../why/as-on-cards.ts';
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
  options: {
    language: {
      called: 'language',
      what: `as an admin reads it on cards, without ids, in one of ${LANGUAGES.join(', ')}`,
      schema: z
        .string()
        .refine(isLanguage, { error: ({ input }) => `is none of ${LANGUAGES.join(', ')}: "${input}".` })
        .optional(),
    },
  },
  run: ({ number, language }, { onStore, daily, now }) =>
    onStore(() =>
      language === undefined ? timelineOf(number, daily().incoming) : storyAsOnCards(number, language, now()),
    ),
  say: ({ what, happened }) =>
    [
      `${what.slice(0, 1).toUpperCase()}${what.slice(1)}`,
      ...(happened.length === 0 ? ['  Nothing is kept of what happened to it.'] : []),
      ...happened.map(({ at, says }) => `  ${at.slice(0, 19).replace('T', ' ')}  ${says}`),
    ].join('\n'),
});
