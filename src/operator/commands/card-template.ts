import { writeFileSync } from 'node:fs';
import { AppError } from '@field/kit/errors';
import { z } from 'zod';
import { cardTemplateText } from '../../../cards/template.ts';
import { command } from '../command.ts';

export const cardTemplate = command({
  name: 'card-template',
  what: 'writes the card template for the import into the card builder',
  takes: {
    file: {
      called: 'file',
      what: 'where to write it',
      schema: z.string().min(1, 'is empty: write the name of a file.').default('cards/template.json'),
    },
  },
  options: {},
  async run({ file }) {
    try {
      writeFileSync(file, cardTemplateText());
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new AppError('file.unwritable', { file, say: `${file} cannot be written: ${why}.` }, { cause });
    }
    return { file };
  },
  say: ({ file }) => file,
});
