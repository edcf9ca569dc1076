import { entriesFor, type Standing, type World } from '@field/dingtalk-sandbox';
import { DEMO_STANDINGS } from './demo-people.ts';
import { isInStory, STORY_ADMIN, STORY_ISO } from './story/people.ts';

/** What a card says about whoever has it, by the routing keys that it offers; the first that holds. */
const SIGNS: readonly (readonly [action: string, is: Standing['is']])[] = [
  ['team.open', 'admin'],
  ['menu.product', 'promoter'],
  ['association.withdraw', 'waiting'],
  ['association.send', 'new'],
  ['association.again', 'new'],
  ['association.askToJoin', 'new'],
];

interface Seen {
  seq: number;
  is: Standing['is'] | undefined;
}

/** What the demo's people are by now, by what the bot offers them; asked for again, only what is new in a chat is looked at. */
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
    if (begins === undefined) return undefined;
    return { is: this.#look(userId).is ?? begins.is, of: begins.of };
  }

  #hasChanged(userId: string): boolean {
    const before = this.#seen.get(userId)?.is;
    return startOf(userId) !== undefined && this.#look(userId).is !== before;
  }

  #look(userId: string): Seen {
    const seen = this.#seen.get(userId) ?? { seq: 0, is: undefined };
    this.#seen.set(userId, seen);
    for (const { seq, view } of entriesFor(this.#world, userId, userId, seen.seq)) {
      seen.seq = Math.max(seen.seq, seq);
      const actions = [...(view?.buttons ?? []), ...(view?.forms ?? [])].map(({ params }) => params.action);
      seen.is = SIGNS.find(([action]) => actions.includes(action))?.[1] ?? seen.is;
    }
    return seen;
  }
}

/** What a person is before anything was said. */
function startOf(userId: string): Standing | undefined {
  if (userId === STORY_ADMIN) return { is: 'admin', of: STORY_ISO };
  if (isInStory(userId)) return { is: 'new', of: STORY_ISO };
  return DEMO_STANDINGS[userId];
}
