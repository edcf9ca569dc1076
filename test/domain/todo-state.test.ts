import { describe, expect, it } from 'vitest';
import { type KeptTodo, nextStep, type TodoContent } from '../../src/domain/todo-state.ts';

const WANTED: TodoContent = { count: 3, dueAt: 5, language: 'en' };
const NOW = { today: '20261124', mayTell: true };
const open: KeptTodo = { state: 'OPEN', shown: WANTED, changedOn: '20261123' };

describe('what is to be done about a to-do', () => {
  it.each<[string, KeptTodo | undefined, TodoContent | undefined, Partial<typeof NOW>, ReturnType<typeof nextStep>]>([
    ['nothing failed', undefined, undefined, {}, undefined],
    ['something failed', undefined, WANTED, {}, 'begin'],
    ['something failed, in quiet hours', undefined, WANTED, { mayTell: false }, undefined],
    ['it says what is so', open, WANTED, {}, undefined],
    ['there is less to do', open, { ...WANTED, count: 2 }, {}, 'change'],
    ['another is first', open, { ...WANTED, dueAt: 4 }, {}, 'change'],
    ['the person speaks another language', open, { ...WANTED, language: 'th' }, {}, 'change'],
    [
      'there is less, and it was changed today',
      { ...open, changedOn: '20261124' },
      { ...WANTED, count: 2 },
      {},
      undefined,
    ],
    ['there is less, in quiet hours', open, { ...WANTED, count: 2 }, { mayTell: false }, undefined],
    ['nobody knows what it says', { ...open, shown: undefined }, WANTED, {}, 'change'],
    ['nothing is left', open, undefined, {}, 'close'],
    [
      'nothing is left, today, in quiet hours',
      { ...open, changedOn: '20261124' },
      undefined,
      { mayTell: false },
      'close',
    ],
    ['the person deleted it', { ...open, state: 'GONE' }, { ...WANTED, count: 9 }, {}, undefined],
    ['the person deleted it, and nothing is left', { ...open, state: 'GONE' }, undefined, {}, 'close'],
    ['it was closed yesterday', { ...open, state: 'CLOSED' }, WANTED, {}, 'begin'],
    ['it was closed today', { ...open, state: 'CLOSED', changedOn: '20261124' }, WANTED, {}, undefined],
  ])('%s', (_, todo, wanted, at, step) => {
    expect(nextStep(todo, wanted, { ...NOW, ...at })).toBe(step);
  });
});
