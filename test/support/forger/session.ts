import type { Action } from '../../../cards/actions.ts';
import { routes } from '../../../handlers/routes.ts';
import { Chance } from '../chaos/chance.ts';
import type { OpenWorld } from '../in-process/open-world.ts';
import type { InProcessWorld } from '../in-process/world.ts';
import { FALLEN, FORGERS, type Forger, GROUP, ISO_NAMES, KINDS, VICTIMS } from './cast.ts';
import { forbiddenTo, wordsIn } from './forbidden-words.ts';
import { type ForgedTap, forge, type Loot } from './forging.ts';
import { mayChange } from './may-change.ts';
import { type SeenTap, tapsIn, tapsSeenBy } from './seen-taps.ts';
import { associationsOf, standingOf } from './standing.ts';
import { changesFrom, fieldsOf, type StoredState, storedState } from './stored-state.ts';
import { somebodyFalls, twoIsosAtWork } from './two-isos.ts';

export interface ForgerPlan {
  readonly seed: number;
  readonly taps: number;
  readonly say: (line: string) => void;
}

export interface ForgerResult {
  readonly taps: number;
  /** How many different actions there were to forge, and how many of them were. */
  readonly actions: { readonly routed: number; readonly forged: number };
  readonly violations: readonly string[];
}

/** After so many taps of one forger what is stored is held against what it was. */
const BATCH = 20;
const PAUSE_MS = 10 * 60_000;
const MOST_VIOLATIONS = 60;
const LOOK_EVERY = 5;
const LONGEST_SAID = 600;

/** What a forger came to read. */
interface Said {
  readonly text: string;
  /** Where everybody of the group reads it. */
  readonly inGroup: boolean;
}

/** Two ISOs at work, and what stands on the cards of those who may: all that a forger knows. */
export async function forgersWorld(open: OpenWorld): Promise<readonly SeenTap[]> {
  const { world } = open;
  await twoIsosAtWork(open);
  const seen: SeenTap[] = [];
  for (const name of [...VICTIMS, ...FALLEN]) seen.push(...(await tapsSeenBy(world, name)));
  await somebodyFalls(world);
  return seen;
}

/** Forged taps of everybody who may not do that, one batch of a forger after the other. */
export async function forgerSession(
  world: InProcessWorld,
  seen: readonly SeenTap[],
  { seed, taps, say }: ForgerPlan,
): Promise<ForgerResult> {
  const chance = new Chance(seed);
  const deck = new Deck(chance.fork('deck'));
  const cast = new Map(FORGERS.map((name) => [name, new Forging(world, name, { chance: chance.fork(name), deck })]));
  const violations: string[] = [];
  let played = 0;
  for (let batch = 0; played < taps && violations.length < MOST_VIOLATIONS; batch += 1) {
    const forger = cast.get(FORGERS[batch % FORGERS.length] ?? 'zoe');
    const found = await forger?.plays(Math.min(BATCH, taps - played), seen);
    violations.push(...(found ?? []).map((one) => `after ${played} taps: ${one}`));
    played += Math.min(BATCH, taps - played);
    if (batch % 25 === 24) say(`seed ${seed}: ${played} taps, ${violations.length} violations`);
  }
  const routed = routes().actions().length;
  return { taps: played, actions: { routed, forged: deck.drawn.size }, violations };
}

/** Every action of the router, each once before any comes again. */
class Deck {
  readonly drawn = new Set<Action>();
  readonly #chance: Chance;
  #left: Action[] = [];

  constructor(chance: Chance) {
    this.#chance = chance;
  }

  next(): Action {
    if (this.#left.length === 0) this.#left = shuffled(routes().actions(), this.#chance);
    const action = this.#left.pop();
    if (action === undefined) throw new Error('nothing is routed');
    this.drawn.add(action);
    return action;
  }
}

/** One forger at work. */
class Forging {
  readonly #world: InProcessWorld;
  readonly #name: Forger;
  readonly #chance: Chance;
  readonly #deck: Deck;
  readonly #typed = new Set<string>();
  #read = 0;
  #logged = 0;

  constructor(world: InProcessWorld, name: Forger, { chance, deck }: { readonly chance: Chance; readonly deck: Deck }) {
    this.#world = world;
    this.#name = name;
    this.#chance = chance;
    this.#deck = deck;
  }

  /** Plays so many taps; answers what came of them that must not. */
  async plays(count: number, seen: readonly SeenTap[]): Promise<readonly string[]> {
    const world = this.#world;
    const name = this.#name;
    await world.advance(PAUSE_MS);
    const person = world.person(name);
    await person.says('menu');
    await this.#newWords();
    this.#logged = world.log.lines().length;
    const before = await storedState();
    const taps: ForgedTap[] = [];
    const answers: Said[] = [];
    const loot = this.#loots(seen, before);
    let own: readonly SeenTap[] = [];
    for (let n = 0; n < count; n += 1) {
      if (n % LOOK_EVERY === 0) own = await tapsIn(world, name);
      const tap = forge(name, this.#deck.next(), { ...loot, own }, this.#chance);
      taps.push(tap);
      this.#typed.add(JSON.stringify(tap.params));
      const answer = await world.takesIn(world.tap(tap.outTrackId, tap));
      const inGroup = before.get('cards')?.get(tap.outTrackId)?.inGroup === true;
      answers.push({ text: JSON.stringify([answer?.params, answer?.changes, answer?.privateParams]), inGroup });
    }
    // as every few seconds: what nobody was woken for is done all the same
    await world.sweep();
    const after = await storedState();
    const said = [...(await this.#newWords()), ...answers];
    const wrong = new Set([...this.#changed({ before, after }), ...this.#reads(said, after), ...this.#bugs()]);
    const played = taps.map((tap) => JSON.stringify(tap).slice(0, LONGEST_SAID)).join('\n  ');
    return [...wrong].map((one, index) => `${name}, ${KINDS[name]}: ${one}${index === 0 ? `\n  ${played}` : ''}`);
  }

  #loots(seen: readonly SeenTap[], state: StoredState): Omit<Loot, 'own'> {
    const ids = [...state].flatMap(([collection, rows]) => (IDS_OF_NOTHING.has(collection) ? [] : [...rows.keys()]));
    const isOfOthers = ({ of }: SeenTap): boolean => of !== this.#name;
    const kept = HAVE_FALLEN.has(this.#name) ? seen.filter((tap) => !isOfOthers(tap)) : [];
    return { seen: seen.filter(isOfOthers), kept, ids, cards: [...(state.get('cards')?.keys() ?? [])] };
  }

  #changed(moment: { readonly before: StoredState; readonly after: StoredState }): readonly string[] {
    const who = standingOf(moment.before, this.#name);
    return changesFrom(moment.before, moment.after)
      .filter((change) => !mayChange(who, change, moment))
      .map((change) => {
        const { collection, id, before, after } = change;
        const what = before === undefined ? 'is new' : after === undefined ? 'is gone' : fieldsOf(change).join(', ');
        const row = JSON.stringify(after ?? before).slice(0, 400);
        return `${collection}/${id} ${what}: ${row}`;
      });
  }

  /** What they themselves typed comes back, and who invited them says so. */
  #reads(said: readonly Said[], state: StoredState): readonly string[] {
    const { alone, inGroup } = forbiddenTo(this.#name);
    const typed = [...this.#typed].join('\n');
    const hosts = associationsOf(state, this.#name).map(({ isoId }) => isoId);
    const hosting = [...(state.get('peoples')?.values() ?? [])].filter(
      ({ isoId, role }) => role === 'ADMIN' && hosts.includes(isoId),
    );
    const known = hosting.flatMap(({ _id }) => (_id === 'ploy' ? [ISO_NAMES.jasmine, 'Ployphan Charoenkit'] : []));
    return said.flatMap((one) => {
      const words = one.inGroup ? inGroup : alone;
      return wordsIn(one.text, words)
        .filter((word) => wordsIn(typed, [word]).length === 0 && !known.includes(word))
        .map((word) => `reads “${word}”: ${one.text.slice(0, 600)}`);
    });
  }

  #bugs(): readonly string[] {
    const lines = this.#world.log.lines().slice(this.#logged);
    return lines
      .map((line) => JSON.stringify(line))
      .filter((line) => line.includes('"bug.'))
      .map((line) => line.slice(0, 900));
  }

  /** What has come to stand in their chat and in the group since they looked last. */
  async #newWords(): Promise<readonly Said[]> {
    const { sandbox } = this.#world;
    const since = this.#read;
    const alone = await sandbox.conversation(this.#name, this.#name, since);
    const group = await sandbox.conversation(GROUP, this.#name, since);
    this.#read = Math.max(since, ...[...alone, ...group].map(({ seq }) => seq));
    return [
      ...alone.map((entry) => ({ text: JSON.stringify(entry), inGroup: false })),
      ...group.map((entry) => ({ text: JSON.stringify(entry), inGroup: true })),
    ];
  }
}

const HAVE_FALLEN: ReadonlySet<string> = new Set(FALLEN);

/** Ids that no card names. */
const IDS_OF_NOTHING = new Set(['taps', 'inbox', 'audit', 'outbox', 'lanes', 'runs', 'rates', 'uploads', 'leases']);

function shuffled<T>(all: readonly T[], chance: Chance): T[] {
  const left = [...all];
  for (let n = left.length - 1; n > 0; n -= 1) {
    const other = chance.whole(0, n);
    const [one, swapped] = [left[n], left[other]];
    if (one === undefined || swapped === undefined) continue;
    left[n] = swapped;
    left[other] = one;
  }
  return left;
}
