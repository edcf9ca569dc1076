import { z } from 'zod';
import { type CommandGroup, command, OP } from './command.ts';
import { howMany } from './how-many.ts';
import { ISO_EMAIL } from './iso-inputs.ts';
import { listShares, type ShareLine, setShare } from './shares.ts';

const MOST_PEOPLE = 100_000;

const PEOPLE = {
  called: 'people',
  what: 'as how many people it counts beside the others; with 0 it only has what others lend',
  schema: z
    .string()
    .refine((typed) => /^\d+$/.test(typed) && Number(typed) <= MOST_PEOPLE, {
      error: ({ input }) => `is no whole number from 0 to ${MOST_PEOPLE}: "${input}".`,
    })
    .transform(Number),
};

const list = command({
  name: 'list',
  what: "lists each ISO's share of the month's calls and pushes, what it used, and what it can still use",
  takes: {},
  options: {},
  run: (_, { onStore, now }) => onStore(() => listShares(now())),
  say: ({ month, calls, pushes, shares }) =>
    [
      `${month}: ${calls.used} of ${calls.limit} calls, ${pushes.used} of ${pushes.limit} pushes`,
      ...shares.map(lineOf),
    ].join('\n'),
});

const set = command({
  name: 'set',
  what: 'gives an ISO a share of its own, as if so many people worked for it',
  takes: { email: ISO_EMAIL, people: PEOPLE },
  options: {},
  run: (asked, operator) => operator.onStore(() => setShare(asked, operator)),
  say: ({ iso, people }) =>
    `${iso.name} counts as ${howMany(people, 'person', 'people')} from now on, whoever works for it. See: ${OP} iso share list`,
});

const reset = command({
  name: 'default',
  what: 'gives an ISO its share by who works for it, at least one person, as at the beginning',
  takes: { email: ISO_EMAIL },
  options: {},
  run: (asked, operator) => operator.onStore(() => setShare(asked, operator)),
  say: ({ iso, people }) =>
    `${iso.name} counts as those who work for it, and as one person where nobody does: ${howMany(people, 'person', 'people')} now.`,
});

export const share: CommandGroup = {
  name: 'share',
  what: "how the month's calls are shared among ISOs",
  commands: [list, set, reset],
};

function lineOf({ email, name, people, isSet, shared, kept, spent, left, pushes }: ShareLine): string {
  const who = email === undefined ? name : `${email}  ${name}`;
  const counts = people === undefined ? '' : `  as ${howMany(people, 'person', 'people')}${isSet ? ', set' : ''}`;
  const calls = `${spent} of ${shared} used, ${left} left, ${kept} kept for results, deadlines and approvals`;
  return `${who}${counts}  ${calls}  ${pushes.used} of ${pushes.limit} pushes`;
}
