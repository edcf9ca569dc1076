import type { RenderedField } from '@field/dingtalk-sandbox/page-protocol';
import { fieldNamed } from '../../../src/platform/field-names.ts';
import { Chance } from '../chaos/chance.ts';
import { type Answer, formAnswers } from '../world/form-answers.ts';
import type { InProcessWorld } from './world.ts';

interface Tappable {
  readonly outTrackId: string;
  readonly actionId: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly fields: readonly RenderedField[];
}

interface Everybody {
  /** Whoever has more to do stands here more often. */
  readonly people: readonly string[];
  readonly group: string;
  readonly taps: number;
  readonly seed: number;
}

/** What is written into a field of that name, where that is no name. */
const WRITTEN: Readonly<Record<string, string>> = {
  phone: '+66 81 234 5678',
  email: 'shop@x.example',
  isoEmail: 'demo@iso.example',
};
const SAID = ['menu', 'menu', 'back', 'is it approved?'];
const ASKS_NOW_AND_THEN = 0.15;

/** Each in turn taps what was tapped the fewest times so far, and fills in what a form asks for; what is refused is refused. */
export async function everybodyTaps(
  world: InProcessWorld,
  { people, group, taps, seed }: Everybody,
): Promise<ReadonlyMap<string, number>> {
  const times = new Map<string, number>();
  const timesOf = ({ params }: Tappable): number => times.get(String(params.action)) ?? 0;
  const chance = new Chance(seed);
  for (let tap = 0; tap < taps; tap += 1) {
    const userId = people[tap % people.length] ?? '';
    if (chance.happens(ASKS_NOW_AND_THEN)) await world.person(userId).says(chance.oneOf(SAID) ?? 'menu');
    const there = await tappableBy(world, userId, group);
    const least = Math.min(...there.map(timesOf));
    const next = chance.oneOf(there.filter((one) => timesOf(one) === least));
    if (next === undefined) {
      await world.person(userId).says('menu');
      continue;
    }
    const { outTrackId, actionId, params, fields } = next;
    times.set(String(params.action), timesOf(next) + 1);
    const form = fields.length === 0 ? undefined : formAnswers(fields, answersTo(fields, chance));
    await world.receive(world.tap(outTrackId, { userId, actionId, params: { ...params, form } }));
  }
  return times;
}

async function tappableBy(world: InProcessWorld, userId: string, group: string): Promise<readonly Tappable[]> {
  const chats = [userId, group].map((chat) => world.sandbox.conversation(chat, userId));
  return (await Promise.all(chats)).flat().flatMap(({ outTrackId, view }) => {
    if (outTrackId === undefined || view === undefined) return [];
    const buttons = view.buttons.map(({ actionId, params }) => ({ outTrackId, actionId, params, fields: [] }));
    const forms = view.forms.map(({ actionId, params, fields }) => ({ outTrackId, actionId, params, fields }));
    return [...buttons, ...forms].filter(({ actionId }) => actionId !== '');
  });
}

function answersTo(fields: readonly RenderedField[], chance: Chance): Readonly<Record<string, Answer>> {
  return Object.fromEntries(
    fields.map(({ name, type, options = [] }): [string, Answer] => {
      const plain = fieldNamed(name);
      const value = chance.oneOf(options)?.value;
      if (value === undefined) return [plain, WRITTEN[plain] ?? 'Somebody'];
      return [plain, type === 'MULTI_SELECT' ? [value] : value];
    }),
  );
}
