import { AppError } from '@field/kit/errors';
import { z } from 'zod';
import { type DeadLetter, deadLetters, dropLetter, reviveLetter } from '../../../models/dead-letters.ts';
import { type CommandGroup, command, OP } from '../command.ts';
import { remedyFor } from '../dead-letters.ts';

const ALL = 'all';
const id = (called: string, more = '') => ({
  called,
  what: `what ${OP} dead list names so${more}`,
  schema: z.string().min(1, 'is empty: write an id.'),
});

const list = command({
  name: 'list',
  what: 'lists what DingTalk does not take: what, for whom, since when, why, and what to do',
  takes: {},
  options: {},
  run: (_, { onStore }) => onStore(async () => ({ dead: (await deadLetters()).map(lineOf) })),
  say: ({ dead }) => (dead.length === 0 ? 'Nothing was given up.' : dead.map(sentenceOf).join('\n')),
});

const retry = command({
  name: 'retry',
  what: 'has one of them, or all, tried once more within seconds',
  takes: { id: id('id', `, or ${ALL}`) },
  options: {},
  run: (asked, { onStore }) =>
    onStore(async () => {
      const ids = asked.id === ALL ? (await deadLetters()).map((letter) => letter.id) : [asked.id];
      for (const one of ids) if (!(await reviveLetter(one)) && asked.id !== ALL) throw unknown(one);
      return { retried: ids };
    }),
  say: ({ retried }) =>
    retried.length === 1 ? `${retried[0]} is tried once more.` : `${retried.length} are tried once more.`,
});

const drop = command({
  name: 'drop',
  what: 'forgets one of them: it is never sent, and a card that is in the chat stays as it is',
  takes: { id: id('id') },
  options: {},
  run: (asked, { onStore }) =>
    onStore(async () => {
      if (!(await dropLetter(asked.id))) throw unknown(asked.id);
      return { dropped: asked.id };
    }),
  say: ({ dropped }) => `${dropped} is forgotten.`,
});

export const dead: CommandGroup = {
  name: 'dead',
  what: 'what was given up because DingTalk does not take it',
  commands: [list, retry, drop],
};

function lineOf({ since, about, ...letter }: DeadLetter) {
  const named = typeof about === 'string' ? about : `${about.kind} ${about.id}`;
  return { ...letter, about: named, since: new Date(since).toISOString(), remedy: remedyFor(letter) };
}

function sentenceOf({ id, what, view, about, to, since, why, answered, failing, remedy }: ReturnType<typeof lineOf>) {
  const whom = to === undefined ? '' : ` for ${to}`;
  const state = failing ? 'failing' : 'given up';
  return [
    `${id}  ${what}${view === undefined ? '' : ` ${view}`} about ${about}${whom}`,
    `  ${state} since ${since}: ${why}${answered === undefined ? '' : ` (${answered})`}`,
    `  ${remedy}`,
  ].join('\n');
}

function unknown(id: string): AppError {
  return new AppError('letter.unknown', { id, say: `${id} was not given up. See: ${OP} dead list` });
}
