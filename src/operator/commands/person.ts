import { type CommandGroup, command } from '../command.ts';
import { USER_ID_OF_PERSON } from '../iso-inputs.ts';
import { erasePerson, exportPerson } from '../personal-data.ts';
import { FOLDER, sayErased, sayExported, YES } from '../personal-said.ts';

export const person: CommandGroup = {
  name: 'person',
  what: 'what is kept of somebody who uses the bot',
  commands: [
    command({
      name: 'export',
      what: 'writes all that is kept of a person into a folder: data.json, and photos',
      takes: { userId: USER_ID_OF_PERSON },
      options: { to: FOLDER },
      run: ({ userId, to }, operator) => operator.onStore(() => exportPerson(userId, to, operator)),
      say: sayExported,
    }),
    command({
      name: 'erase',
      what: 'erases a person; facts of shops and fees stay, under no name',
      takes: { userId: USER_ID_OF_PERSON },
      options: { yes: YES },
      run: ({ userId, yes }, operator) => operator.onStore(() => erasePerson(userId, yes, operator)),
      say: sayErased,
    }),
  ],
};
