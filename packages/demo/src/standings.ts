import { entriesFor, type Standing, type World } from '@field/dingtalk-sandbox';
import { DEMO_STANDINGS } from './demo-people.ts';
import { isInStory, STORY_ADMIN, STORY_ISO } from './story/people.ts';

type Is = Standing['is'];

/** What a card says about whoever has it, by the routing keys that it offers; the first that holds. */
const SIGNS: readonly (readonly [offers: RegExp, is: Is])[] = [
  [/^(team\.|association\.approve$)/, 'admin'],
  [/^(menu\.(product|inspections)$|promotion\.|inspection\.|review\.)/, 'promoter'],
  [/^association\.withdraw$/, 'waiting'],
  [/^association\.(send|again|askToJoin)$/, 'new'],
];

interface Seen {
  readonly seq: number;
  readonly is: Is;
}

/** What the demo's people are by now, by what the bot offers them; only what is new in a chat is looked at. */
export class Standings {
  readonly #world: World;
  readonly #seen = new Map<string, Seen>();

  constructor(world: World) {
    this.#world = world;
    world.changes.watch((changes) => {
      const chats = changes.flatMap((change) => (change.kind === 'conversation' ? [change.id] : []));
      if (changes.some(({ kind }) => kind === 'reset')) this.#seen.clear();
      if (chats.some((userId) => this.#hasChanged(userId))) world.changes.announce('people');
    });
  }

  /** Undefined for whoever the demo knows nothing of. */
  of(userId: string): Standing | undefined {
    const begins = startOf(userId);
    return begins && { ...begins, is: this.#look(userId, begins.is) };
  }

  #hasChanged(userId: string): boolean {
    const begins = startOf(userId);
    if (begins === undefined) return false;
    const before = this.#seen.get(userId)?.is ?? begins.is;
    return this.#look(userId, begins.is) !== before;
  }

  #look(userId: string, begins: Is): Is {
    const { seq, is } = this.#seen.get(userId) ?? { seq: 0, is: begins };
    const fresh = entriesFor(this.#world, userId, userId, seq);
    const now = fresh.reduce((before, { view }) => {
      const controls = [...(view?.buttons ?? []), ...(view?.forms ?? [])];
      return standingAfter(
        before,
        controls.map(({ params }) => String(params.action)),
      );
    }, is);
    this.#seen.set(userId, { seq: Math.max(seq, ...fresh.map((entry) => entry.seq)), is: now });
    return now;
  }
}

/** What somebody is once a card offers these actions; an admin who works in shops stays an admin. */
export function standingAfter(before: Is, actions: readonly string[]): Is {
  const [, is = before] = SIGNS.find(([offers]) => actions.some((action) => offers.test(action))) ?? [];
  return before === 'admin' && is === 'promoter' ? before : is;
}

/** What a person is before anything was said. */
function startOf(userId: string): Standing | undefined {
  if (userId === STORY_ADMIN) return { is: 'admin', of: STORY_ISO };
  if (isInStory(userId)) return { is: 'new', of: STORY_ISO };
  return DEMO_STANDINGS[userId];
}
