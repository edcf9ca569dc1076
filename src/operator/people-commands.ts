import type { MemberChange } from '../domain/member-change.ts';
import { type CommandGroup, command, OP, type OperatorCommand } from './command.ts';
import { howMany } from './how-many.ts';
import { ISO_EMAIL, OTHER_ISO_EMAIL, USER_ID_OF_PERSON } from './iso-inputs.ts';
import { type Changed, changePlace, listPeople, listUsage, movePerson, type PersonLine } from './people.ts';

const list = command({
  name: 'list',
  what: 'lists the people of an ISO, with role, state and when each last wrote or tapped',
  takes: { email: ISO_EMAIL },
  options: {},
  run: ({ email }, { onStore }) => onStore(() => listPeople(email)),
  say: ({ iso, people }) =>
    people.length === 0
      ? `${iso.name} has nobody yet. Add an admin: ${OP} iso admin add --help`
      : people.map(lineOf).join('\n'),
});

const usage = command({
  name: 'usage',
  what: 'lists how many pushes and calls each of an ISO caused this month, most first',
  takes: { email: ISO_EMAIL },
  options: {},
  run: ({ email }, { onStore, now }) => onStore(() => listUsage(email, now())),
  say: ({ iso, month, people }) =>
    people.length === 0
      ? `Nobody of ${iso.name} caused anything in ${month}.`
      : people
          .map(
            ({ userId, name, pushes, calls }) =>
              `${userId}  ${name || 'left'}  ${howMany(pushes, 'push', 'pushes')}  ${howMany(calls, 'call')}`,
          )
          .join('\n'),
});

const move = command({
  name: 'move',
  what: 'moves somebody to another ISO, as its staff; the one they leave never reads where to',
  takes: { email: ISO_EMAIL, userId: USER_ID_OF_PERSON },
  options: { to: OTHER_ISO_EMAIL },
  run: (asked, operator) => operator.onStore(() => movePerson(asked, operator)),
  say: ({ iso, person }) =>
    `${named(person)} is staff of ${iso.name} now. What they did before stays with the other ISO.`,
});

/** One of the changes that admins make, too. */
function changes(
  name: string,
  change: MemberChange,
  what: string,
  done: (changed: Changed) => string,
): OperatorCommand {
  return command({
    name,
    what,
    takes: { email: ISO_EMAIL, userId: USER_ID_OF_PERSON },
    options: {},
    run: (asked, operator) => operator.onStore(() => changePlace(asked, change, operator)),
    say: done,
  });
}

export const people: CommandGroup = {
  name: 'people',
  what: 'who works for an ISO',
  commands: [
    list,
    usage,
    changes('pause', 'pause', 'pauses somebody: no card works for them, and nothing of theirs moves', ({ person }) => {
      return `${named(person)} is paused, and told so. Their work stays theirs.`;
    }),
    changes('resume', 'resume', 'takes somebody back to work who was paused', ({ person }) => {
      return `${named(person)} is back at work, and told so.`;
    }),
    changes(
      'remove',
      'remove',
      'removes somebody from an ISO; they read their own results for 90 days',
      ({ iso, person }) => {
        return `${named(person)} does not work for ${iso.name} any more, and is told so.`;
      },
    ),
    changes('make-admin', 'makeAdmin', 'makes somebody who works for an ISO its admin', ({ iso, person }) => {
      return `${named(person)} is admin of ${iso.name}, and told so.`;
    }),
    move,
  ],
};

function named({ name, userId }: PersonLine): string {
  return `${name} (${userId})`;
}

function lineOf({ userId, name, role, state, supervisorId, activeAt }: PersonLine): string {
  const active = activeAt === undefined ? 'never' : new Date(activeAt).toISOString().slice(0, 10);
  const team = supervisorId === undefined ? '' : `  team of ${supervisorId}`;
  return `${userId}  ${name}  ${role.toLowerCase()}  ${WORKS[state]}  last active ${active}${team}`;
}

const WORKS: Readonly<Record<PersonLine['state'], string>> = {
  UNKNOWN: 'works for nobody',
  ACTIVE: 'at work',
  PAUSED: 'paused',
  SUSPENDED: 'not in the organisation',
};
