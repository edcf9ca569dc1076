import { routes } from '../../../handlers/routes.ts';
import type { InProcessWorld } from '../in-process/world.ts';
import { GROUP } from './cast.ts';

/** What a tap on some card carries, as the card put it there. */
export interface SeenTap {
  readonly of: string;
  readonly outTrackId: string;
  readonly actionId: string;
  readonly action: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** The names of a form's fields, and what may be chosen there; none where it is a button. */
  readonly fields: readonly { readonly name: string; readonly options: readonly string[] }[];
}

/** So that most of what can be opened is: what is left of it, a forger makes up from its parts. */
const MOST_TAPS = 45;
const OFTEN = 3;
const ROUTER = routes();

/**
 * Everything that stands to be tapped in somebody's chats, as they look around for it: every button that opens something is tapped once.
 * What does something is only read.
 */
export async function tapsSeenBy(world: InProcessWorld, userId: string): Promise<readonly SeenTap[]> {
  const person = world.person(userId);
  const seen = new Map<string, SeenTap>();
  const times = new Map<string, number>();
  const timesOf = (tap: SeenTap): number => times.get(nameOf(tap)) ?? 0;
  await person.says('menu');
  for (let taps = 0; taps < MOST_TAPS; taps += 1) {
    const there = await tapsIn(world, userId);
    for (const tap of there) seen.set(nameOf(tap), tap);
    // behind what was tapped before there may be something new
    const [next] = there.filter(opens).sort((one, other) => timesOf(one) - timesOf(other));
    if (next === undefined) {
      await person.says('menu');
      continue;
    }
    if (timesOf(next) >= OFTEN) break;
    times.set(nameOf(next), timesOf(next) + 1);
    const { outTrackId, actionId, params } = next;
    await world.receive(world.tap(outTrackId, { userId, actionId, params }));
  }
  return [...seen.values()];
}

/** What can be tapped at this moment in their own chat and in the group. */
export async function tapsIn(world: InProcessWorld, userId: string): Promise<readonly SeenTap[]> {
  const entries = [
    ...(await world.sandbox.conversation(userId, userId)),
    ...(await world.sandbox.conversation(GROUP, userId)),
  ];
  return entries.flatMap(({ outTrackId, view }) => {
    if (outTrackId === undefined || view === undefined) return [];
    const buttons = view.buttons.map(({ actionId, params }) => ({ actionId, params, fields: [] }));
    const forms = view.forms.map(({ actionId, params, fields }) => ({
      actionId,
      params,
      fields: fields.map(({ name, options = [] }) => ({ name, options: options.map(({ value }) => value) })),
    }));
    return [...buttons, ...forms]
      .filter(({ actionId }) => actionId !== '')
      .map((tap) => ({ of: userId, outTrackId, action: String(tap.params.action ?? ''), ...tap }));
  });
}

function opens({ action, fields }: SeenTap): boolean {
  const route = ROUTER.forTap(action);
  return fields.length === 0 && (route?.manner === 'tap' || route?.manner === 'answer');
}

/** One button on one thing, however often it is drawn. */
function nameOf({ action, params }: SeenTap): string {
  return JSON.stringify([action, params.subject, params.extra]);
}
