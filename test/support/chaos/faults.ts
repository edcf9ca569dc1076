import { setTimeout as after } from 'node:timers/promises';
import type { Chance } from './chance.ts';
import type { Hits } from './hits.ts';
import type { Target } from './target.ts';
import type { Topology } from './topology.ts';

export interface FaultParts {
  readonly topology: Topology;
  readonly hits: Hits;
  readonly chance: Chance;
  readonly people: readonly string[];
  /** Told that a bot was killed, at that time by `performance.now()`. */
  readonly botKilled: (at: number) => void;
}

/** One way in which things go wrong; `does` resolves when it is over, as far as it ends by itself. */
export interface FaultKind {
  readonly name: string;
  readonly weight: number;
  /** It lasts, and while it does no other one with this name begins: one process is away or stands still at a time. */
  readonly aloneIn?: string;
  does(parts: FaultParts): Promise<void>;
}

const CARDS = '/v1.0/card/*';
const A_MINUTE_MS = 61_000;

/** What is met so seldom is set for one time and whoever comes next. */
const SELDOM = 4;

/**
 * A knob of the sandbox for one to three times, for one person or, of calls, perhaps whoever comes next. What a phone sends is lost for one
 * person: else everything that is to be lost hits whoever does most while the others wait, a dozen times in a row; and for one to whom
 * nothing else of the kind is still to happen: whoever lost five messages in a row was away for a minute, whatever the bot does.
 */
function knob(
  name: string,
  weight: number,
  fault: (chance: Chance) => { kind: string } & Record<string, unknown>,
): FaultKind {
  return {
    name,
    weight,
    does: async ({ hits, chance, people }) => {
      const times = weight <= SELDOM ? 1 : chance.whole(1, 3);
      const set = fault(chance);
      if (weight > SELDOM && 'on' in set) {
        const userId = chance.oneOf(people.filter((one) => !hits.awaits(one, set.on)));
        if (userId !== undefined) await hits.sets(name, { times, userId, ...set });
        return;
      }
      const isOfOne = weight > SELDOM && chance.happens(0.5);
      await hits.sets(name, { times, userId: isOfOne ? chance.oneOf(people) : undefined, ...set });
    },
  };
}

/** What happens to some connections at once. */
function connections(kind: 'disconnect' | 'closeSocket' | 'silence', weight: number): FaultKind {
  return {
    name: kind,
    weight,
    does: async ({ topology: { sandbox }, hits, chance }) => {
      const open = (await sandbox.stats()).connections;
      const struck = Math.min(open, chance.whole(1, 2));
      if (struck === 0) return;
      await sandbox.post('/faults', { kind, connections: struck });
      hits.add(kind, struck);
    },
  };
}

function process(how: 'SIGKILL' | 'SIGTERM' | 'SIGSTOP', weight: number): FaultKind {
  return {
    name: how,
    weight,
    aloneIn: 'processes',
    does: async ({ topology, hits, chance, botKilled }) => {
      const target = chance.oneOf(topology.targets);
      if (target === undefined) return;
      if (/sandbox|npm start/.test(target.name) && how !== 'SIGSTOP') await hits.forgets();
      const isBot = topology.bots.includes(target);
      const begun = performance.now();
      const hit = await struck(target, how, chance);
      if (!hit) return;
      hits.add(`${how} ${target.name}`);
      if (isBot && how === 'SIGKILL') botKilled(begun);
    },
  };
}

async function struck(target: Target, how: 'SIGKILL' | 'SIGTERM' | 'SIGSTOP', chance: Chance): Promise<boolean> {
  return how === 'SIGSTOP'
    ? await target.freezes(chance.whole(500, 8_000))
    : await target.ends(how, chance.whole(0, 2_500));
}

const FULL_DISK: FaultKind = {
  name: 'full disk',
  weight: 2,
  aloneIn: 'disk',
  does: async ({ topology, hits, chance }) => {
    const disk = chance.oneOf(topology.disks);
    if (disk === undefined) return;
    try {
      if (disk.fills()) {
        hits.add(`full disk of ${disk.name}`);
        await after(chance.whole(2_000, 8_000));
      }
    } finally {
      disk.empties();
      await topology.roomAgain();
    }
  },
};

const WRONG_BY_MS = 10 * 60_000;

/**
 * The clock of a bot's machine goes wrong, and is set right while the bot runs: one of the two sets it back. The calendar itself is
 * never moved back: the sandbox moves it, and goes forward alone.
 */
const WRONG_CLOCK: FaultKind = {
  name: 'wrong clock',
  weight: 2,
  aloneIn: 'clock',
  does: async ({ topology: { clocks }, hits, chance }) => {
    const clock = chance.oneOf(clocks);
    if (clock === undefined) return;
    const wrongByMs = chance.whole(1_000, WRONG_BY_MS) * (chance.happens(0.5) ? 1 : -1);
    const [begins, ends] = wrongByMs < 0 ? ['clock set back', 'clock set on'] : ['clock set on', 'clock set back'];
    if (await clock.sets(wrongByMs)) hits.add(begins);
    await after(chance.whole(2_000, 8_000));
    if (await clock.sets(0)) hits.add(ends);
  },
};

/** What DingTalk pushes again after a minute comes now; the sandbox waits first until nothing is on its way. */
const CLOCK: FaultKind = {
  name: 'clock jump',
  weight: 3,
  aloneIn: 'clock',
  does: async ({ topology, hits, chance }) => {
    await topology.moves(A_MINUTE_MS * chance.whole(1, 3));
    hits.add('clock jump');
  },
};

const EXPIRED: FaultKind = {
  name: 'token expired',
  weight: 3,
  does: async ({ topology: { sandbox }, hits }) => {
    await sandbox.post('/faults', { kind: 'tokenExpired' });
    hits.add('token expired');
  },
};

/**
 * Every fault that is played. Of the sandbox's knobs those are left out that are settings (`valueLimit`, `registeredAbroad` …), and
 * that only invitations meet.
 */
export const FAULTS: readonly FaultKind[] = [
  knob('lost tap', 10, () => ({ kind: 'dropPush', on: 'tap' })),
  knob('lost message', 8, () => ({ kind: 'dropPush', on: 'message' })),
  knob('message never pushed again', 2, () => ({ kind: 'fireAndForget' })),
  knob('late tap', 8, (chance) => ({ kind: 'delayPush', on: 'tap', delayMs: chance.whole(200, 4_000) })),
  knob('late message', 8, (chance) => ({ kind: 'delayPush', on: 'message', delayMs: chance.whole(200, 8_000) })),
  knob('tap pushed twice', 8, () => ({ kind: 'duplicatePush', on: 'tap' })),
  knob('message pushed twice', 8, () => ({ kind: 'duplicatePush', on: 'message' })),
  knob('lost answer of a tap', 8, () => ({ kind: 'dropAck', on: 'tap' })),
  knob('lost answer of a message', 6, () => ({ kind: 'dropAck', on: 'message' })),
  knob('new id of what comes again', 4, () => ({ kind: 'newMessageId' })),
  knob('message without content', 1, () => ({ kind: 'quotaUsedUp' })),
  knob('sparse message', 3, () => ({ kind: 'sparseMessage' })),
  knob('card call: no answer', 6, (chance) => ({
    kind: 'gatewayTimeout',
    path: CARDS,
    delayMs: chance.whole(0, 3_000),
  })),
  knob('card call: carried out, no answer', 6, (chance) => ({
    kind: 'gatewayTimeout',
    path: CARDS,
    delayMs: chance.whole(0, 3_000),
    done: true,
  })),
  knob('any call: no answer', 4, (chance) => ({ kind: 'gatewayTimeout', done: chance.happens(0.5) })),
  knob('call: too many a second', 6, () => ({ kind: 'qps' })),
  knob('call: month used up', 1, () => ({ kind: 'apiQuota', path: CARDS })),
  knob('call: refused', 4, () => ({ kind: 'refusal', code: 'ServiceUnavailable', status: 503 })),
  knob('card not delivered', 3, () => ({ kind: 'undelivered' })),
  knob('card repeated in silence', 2, () => ({ kind: 'silentRepeat' })),
  knob('picture code expired', 3, () => ({ kind: 'codeExpired' })),
  knob('picture link expired', 3, () => ({ kind: 'linkExpired' })),
  knob('handshake refused', 2, () => ({ kind: 'refuseHandshake' })),
  connections('disconnect', 2),
  connections('closeSocket', 3),
  connections('silence', 2),
  EXPIRED,
  process('SIGKILL', 3),
  process('SIGTERM', 1),
  process('SIGSTOP', 2),
  FULL_DISK,
  CLOCK,
  WRONG_CLOCK,
];
