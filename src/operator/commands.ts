import type { CommandGroup, OperatorCommand } from './command.ts';
import { appeals } from './commands/appeals.ts';
import { backup } from './commands/backup.ts';
import { cardTemplate } from './commands/card-template.ts';
import { completion } from './commands/completion.ts';
import { contact } from './commands/contact.ts';
import { daily } from './commands/daily.ts';
import { dead } from './commands/dead.ts';
import { doctor } from './commands/doctor.ts';
import { exportList } from './commands/export.ts';
import { fees } from './commands/fees.ts';
import { iso } from './commands/iso.ts';
import { person } from './commands/person.ts';
import { pictures } from './commands/pictures.ts';
import { programme } from './commands/programme.ts';
import { quickEntries } from './commands/quick-entries.ts';
import { setup } from './commands/setup.ts';
import { store } from './commands/store.ts';
import { webhooks } from './commands/webhooks.ts';
import { why } from './commands/why.ts';

/** What can be typed after `npm run op --`, in the order of the help. */
export const COMMANDS: readonly (OperatorCommand | CommandGroup)[] = [
  setup,
  doctor,
  iso,
  programme,
  daily,
  fees,
  appeals,
  exportList,
  why,
  dead,
  person,
  contact,
  pictures,
  webhooks,
  cardTemplate,
  quickEntries,
  store,
  backup,
  completion,
];
