import { isDataDate } from '@field/kit/calendar';
import { z } from 'zod';
import { isLanguage, LANGUAGES } from '../../domain/languages.ts';
import { LIST_NAMES } from '../../domain/list-names.ts';
import { FORMATS } from '../../exports/write-table.ts';
import { command } from '../command.ts';
import { exportedList } from '../exported-list.ts';
import { howMany } from '../how-many.ts';
import { ISO_EMAIL } from '../iso-inputs.ts';

const DAY = z
  .string()
  .transform((typed, context) => {
    const day = typed.replaceAll('-', '');
    if (isDataDate(day)) return day;
    context.addIssue({ code: 'custom', message: `is no day: "${typed}". Write one such as 2026-05-01.` });
    return z.NEVER;
  })
  .optional();

export const exportList = command({
  name: 'export',
  what: 'writes a list of an ISO into a file for table programs, row after row however many there are',
  takes: {
    list: {
      called: 'list',
      what: LIST_NAMES.join(', '),
      schema: z.enum(LIST_NAMES, `must be one of ${LIST_NAMES.join(', ')}.`),
    },
    email: ISO_EMAIL,
  },
  options: {
    from: { called: 'day', what: "the first day, by the ISO's calendar; from the beginning if left out", schema: DAY },
    until: { called: 'day', what: 'the last day; until now, or what is due ever, if left out', schema: DAY },
    format: {
      called: 'format',
      what: `${FORMATS.join(' or ')}`,
      schema: z.enum(FORMATS, `must be one of ${FORMATS.join(', ')}.`).default('xlsx'),
    },
    to: {
      called: 'file',
      what: 'the file, which must not be there; in this folder, by the name of the list, if left out',
      schema: z.string().min(1, 'is empty: write the name of a file.').optional(),
    },
    language: {
      called: 'language',
      what: `of the headings, one of ${LANGUAGES.join(', ')}; the ISO's if left out`,
      schema: z
        .string()
        .refine(isLanguage, { error: ({ input }) => `is none of ${LANGUAGES.join(', ')}: "${input}".` })
        .optional(),
    },
    personal: {
      called: '',
      what: 'with phones, contacts and registration numbers of shops',
      schema: z
        .literal('yes')
        .optional()
        .transform((typed) => typed === 'yes'),
    },
  },
  run: exportedList,
  say: ({ file, rows, closed }) =>
    [
      `${howMany(rows, 'row')} ${rows === 1 ? 'is' : 'are'} in ${file}.`,
      ...(closed === undefined
        ? []
        : [`${closed} and what is before it are closed: what comes late counts in the month after.`]),
    ].join('\n'),
});
