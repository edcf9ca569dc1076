import { z } from 'zod';
import { type CommandGroup, command } from '../command.ts';
import { eraseContact, exportContact } from '../personal-data.ts';
import { FOLDER, sayErased, sayExported, YES } from '../personal-said.ts';

const CONTACT = {
  called: 'contact',
  what: 'their phone no., e-mail, or name as it was typed',
  schema: z.string().trim().min(3, 'is too short: write a phone no., an e-mail or a name.'),
};

export const contact: CommandGroup = {
  name: 'contact',
  what: 'what is kept of a manager or contact of a shop',
  commands: [
    command({
      name: 'export',
      what: 'writes all that is kept of a contact into a folder: data.json',
      takes: { contact: CONTACT },
      options: { to: FOLDER },
      run: (asked, operator) => operator.onStore(() => exportContact(asked.contact, asked.to, operator)),
      say: sayExported,
    }),
    command({
      name: 'erase',
      what: 'erases a contact; the shops stay, under their own names, without it',
      takes: { contact: CONTACT },
      options: { yes: YES },
      run: (asked, operator) => operator.onStore(() => eraseContact(asked.contact, asked.yes, operator)),
      say: sayErased,
    }),
  ],
};
