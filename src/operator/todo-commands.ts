import { changeTodos } from '../../models/isos.ts';
import { OP } from './command.ts';
import { isoSwitch } from './iso-switch.ts';

export const todos = isoSwitch({
  field: 'todos',
  what: 'whether its people have a to-do in DingTalk of what failed',
  listed: 'lists of which ISOs the people have a to-do in DingTalk of what failed',
  on: {
    name: 'on',
    what: "gives each of an ISO's people one to-do in DingTalk, of what failed and can be put right",
    word: 'to-dos',
    say: (iso) => `People of ${iso} get a to-do of what failed. See that the app may make them: ${OP} doctor`,
  },
  off: {
    name: 'off',
    what: "takes the to-dos of an ISO's people back, as at the beginning: those that are open are closed",
    word: 'none',
    say: (iso) => `People of ${iso} get no to-dos. Those that are open are closed within ten minutes.`,
  },
  audited: 'iso.todos',
  change: changeTodos,
});
