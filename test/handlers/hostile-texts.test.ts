import { beforeEach, describe, expect, it } from 'vitest';
import { LONGEST } from '../../src/dingtalk/lengths.ts';
import { isDearer } from '../support/cpu-cost.ts';
import { howOften } from '../support/how-often.ts';
import { useWorld } from '../support/in-process/use-world.ts';
import type { Person } from '../support/world/person.ts';
import { reach } from '../support/world/reach.ts';

/** Far above what any text costs, and far below what a tap of somebody else may wait. */
const MOST_CPU_MS = 400;

/** As long as the edge lets through, of what looks at a text may begin anew at each letter: it ends otherwise than it goes on. */
const HOSTILE: readonly (readonly [name: string, text: string])[] = Object.entries({
  'dots that are three each': '…',
  blanks: ' ',
  'digits with blanks': '1 ',
  'letters of many': 'ﷺ',
  dots: '.',
  quotes: '”',
  'ends of lines': '\n',
  digits: '1',
  brackets: '(',
  'ends of brackets': ')',
  'signs of an address': '@',
  'domains of an address': 'a.',
  dashes: '-',
  slashes: '/',
  letters: 'a',
  'marks on nothing': '\u0301',
  'joined pictures': '👩‍',
  'what markdown knows': '*_[`',
  'lists of words': 'a,',
})
  .slice(0, howOften({ inEachRun: 4, inFull: Infinity }))
  .map(([name, unit]) => [name, `x${unit.repeat(LONGEST.text)}`.slice(0, LONGEST.text - 1).concat('x')]);

const world = useWorld();

/** Those of these texts that cost too much. */
async function tooDear(say: (text: string) => Promise<unknown>): Promise<readonly string[]> {
  await say('what was said before, and is compiled');
  const dear: string[] = [];
  for (const [name, text] of HOSTILE) if (await isDearer(MOST_CPU_MS, () => say(text))) dear.push(name);
  return dear;
}

let nok: Person;
beforeEach(async () => {
  nok = await world().hires('nok');
});

const writes = (userId: string) => (text: string) => world().receive(world().message(userId, { text }));

/** Every field of the form that this person sees has this text. */
const fillsAll = (person: Person) => async (text: string) => {
  const card = (await person.cards()).findLast(({ forms }) => forms.length > 0);
  const [form] = card?.forms ?? [];
  if (card === undefined || form === undefined) throw new Error(`${person.userId} sees no form`);
  const filled = Object.fromEntries(form.fields.map(({ name }) => [name, text]));
  const params = { ...form.params, form: filled };
  await world().receive(world().tap(card.outTrackId, { userId: person.userId, actionId: form.actionId, params }));
};

describe('a text of any kind costs next to nothing', () => {
  it.each(['storefront', 'photos'] as const)('written while %s is open', async (stop) => {
    await reach(nok, stop);
    expect(await tooDear(writes('nok'))).toEqual([]);
  });

  it('written by somebody who has not joined', async () => {
    expect(await tooDear(writes('stranger'))).toEqual([]);
  });

  it('in each field of the form with which one joins', async () => {
    const som = world().person('som');
    await som.says('hi');
    expect(await tooDear(fillsAll(som))).toEqual([]);
  });

  it.each(['store', 'merchant'] as const)('in each field of the form %s', async (stop) => {
    await reach(nok, stop);
    expect(await tooDear(fillsAll(nok))).toEqual([]);
  });

  it('in the list of whom an admin invites', async () => {
    const admin = world().person('admin1');
    await admin.says('menu');
    for (const action of ['team.open', 'team.more', 'team.invite']) await admin.taps({ action });
    expect(await tooDear(fillsAll(admin))).toEqual([]);
  });
});
