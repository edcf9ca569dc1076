import type { IncomingMessage } from 'node:http';
import { BlockList, isIP, isIPv6 } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { blindIndex } from '../../../models/sealing.ts';
import { addVisits } from '../../../models/visits.ts';

/** `look`: a page is opened; `send`: a form comes back; `entry`: either, of an entry at the bottom of the chat; `piece`: some of a photo. */
export type Visit = 'look' | 'send' | 'entry' | 'piece';

interface Limit {
  readonly visits: number;
  readonly windowMs: number;
}

const MINUTE_MS = 60_000;
/** A whole team may sit behind one address; a form is filled in once a person. */
const PER_ADDRESS: Readonly<Record<Visit, Limit>> = {
  look: { visits: 300, windowMs: 10 * MINUTE_MS },
  send: { visits: 30, windowMs: 10 * MINUTE_MS },
  // twice a tap, of everybody whom one mobile carrier brings here
  entry: { visits: 1_200, windowMs: 10 * MINUTE_MS },
  // a team of twenty, each with thirty photos of forty pieces
  piece: { visits: 24_000, windowMs: 10 * MINUTE_MS },
};
const IN_ALL: Readonly<Record<Visit, Limit>> = {
  look: { visits: 1_200, windowMs: MINUTE_MS },
  send: { visits: 120, windowMs: MINUTE_MS },
  entry: { visits: 2_400, windowMs: MINUTE_MS },
  piece: { visits: 24_000, windowMs: MINUTE_MS },
};
/** An IPv6 household may have many networks of the size that counts as one address; together they are this many. */
const NETWORKS = 4;
/** What anybody may do in ten minutes, whatever crowd there is, and how long they wait for it. */
const FEW: Limit = { visits: 4, windowMs: 10 * MINUTE_MS };
const CROWD_WAITS_MS = 1_500;
/** As many requests as the admins of an ISO are told of one by one within an hour. */
const ASKED: Limit = { visits: 60, windowMs: 60 * MINUTE_MS };
/** Windows that are remembered; addresses beyond are counted in the database only. */
const REMEMBERED = 10_000;

/** What one process knows of one window: counted over all processes as of the last time it asked, and its own since. */
interface Window {
  readonly key: string;
  readonly until: number;
  total: number | undefined;
  unwritten: number;
  writing: Promise<void> | undefined;
}

/** How often the public pages may be visited, over all processes. */
export interface VisitLimits {
  /** Counts a visit; answers how many seconds to wait when there were too many, else 0. */
  visit(kind: Visit, address: string): Promise<number>;
  /** Counts a request to somebody; whether more asked them within the hour than they look at. */
  isCrowded(whom: string): Promise<boolean>;
}

/**
 * Counted in the database, in batches: however many come at once, a window has one write under way, so that a flood on the page
 * leaves the chat its turn. A window that is full costs no write at all.
 */
export function createVisitLimits(
  machine: () => number,
  inACrowd: () => Promise<void> = () => setTimeout(CROWD_WAITS_MS),
): VisitLimits {
  const windows = new Map<string, Window>();

  function windowOf(name: string, { windowMs }: Limit): Window {
    const begin = Math.floor(machine() / windowMs) * windowMs;
    const key = `${name}@${begin}`;
    const known = windows.get(key);
    if (known !== undefined) return known;
    if (windows.size >= REMEMBERED) forgetEnded();
    const made = { key, until: begin + windowMs, total: undefined, unwritten: 0, writing: undefined };
    windows.set(key, made);
    return made;
  }

  function forgetEnded(): void {
    for (const [key, { until }] of windows) if (until <= machine() || windows.size >= REMEMBERED) windows.delete(key);
  }

  async function admit(name: string, limit: Limit): Promise<number> {
    const window = windowOf(name, limit);
    if ((window.total ?? 0) + window.unwritten >= limit.visits) return secondsUntil(window.until);
    window.unwritten += 1;
    const writing = write(window);
    // what other processes counted is not known yet
    if (window.total === undefined) await writing;
    else writing.catch(() => undefined);
    return (window.total ?? 0) + window.unwritten > limit.visits ? secondsUntil(window.until) : 0;
  }

  function secondsUntil(until: number): number {
    return Math.max(1, Math.ceil((until - machine()) / 1_000));
  }

  return {
    async visit(kind, address) {
      const ofNetwork = await admit(nameOf(kind, networkOf(address)), networkLimit(kind, address));
      if (ofNetwork > 0) return ofNetwork;
      const own = await admit(nameOf(kind, address), PER_ADDRESS[kind]);
      if (own > 0) return own;
      const all = await admit(`${kind}:all`, IN_ALL[kind]);
      // in a crowd whoever has hardly been here waits a moment, and is not sent away with it
      if (all === 0 || (await admit(`few:${nameOf(kind, address)}`, FEW)) > 0) return all;
      await inACrowd();
      return 0;
    },
    async isCrowded(whom) {
      return (await admit(`asked:${blindIndex(`asked ${whom}`)}`, ASKED)) > 0;
    },
  };
}

/** Writes what was counted, one batch after another until nothing is left. */
function write(window: Window): Promise<void> {
  window.writing ??= (async () => {
    try {
      while (window.unwritten > 0) {
        const batch = window.unwritten;
        window.total = await addVisits(window.key, batch, window.until);
        window.unwritten -= batch;
      }
    } finally {
      window.writing = undefined;
    }
  })();
  return window.writing;
}

function nameOf(kind: Visit, address: string): string {
  return `${kind}:${blindIndex(`visitor ${address}`)}`;
}

/** The /56 that a household may have, of an address as `visitorAddress` gives it; of IPv4 the address itself. */
function networkOf(address: string): string {
  const [a = '', b = '', c = '', d = ''] = address.split(':');
  return isIPv6(address) ? `${a}:${b}:${c}:${d.padStart(4, '0').slice(0, 2)}00/56` : `${address}/32`;
}

function networkLimit(kind: Visit, address: string): Limit {
  const { visits, windowMs } = PER_ADDRESS[kind];
  return { visits: isIPv6(address) ? NETWORKS * visits : visits, windowMs };
}

const THIS_MACHINE = ['127.0.0.0/8', '::1'];
let proxies = listOf(THIS_MACHINE);

/** Believes these addresses and networks (`10.0.0.0/8`) what they say of who asked them; until then only this machine. */
export function trustProxies(networks: readonly string[]): void {
  proxies = listOf(networks);
}

function listOf(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', bits] = network.split('/');
    const family = isIPv6(address) ? 'ipv6' : 'ipv4';
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return list;
}

function isTrusted(peer: string): boolean {
  const family = isIP(peer);
  return family !== 0 && proxies.check(peer, family === 6 ? 'ipv6' : 'ipv4');
}

/**
 * Whose visit it is. Behind a proxy that is trusted that is the address which the proxy saw, the last of `X-Forwarded-For`;
 * what stands before it may be made up. One household has a whole IPv6 network: its first half counts.
 */
export function visitorAddress(request: IncomingMessage): string {
  const peer = (request.socket.remoteAddress ?? '').replace(/^::ffff:/, '');
  const forwarded = String(request.headers['x-forwarded-for'] ?? '');
  const seen = isTrusted(peer) ? (forwarded.split(',').at(-1)?.trim() ?? '') : '';
  const address = seen === '' ? peer : seen.slice(0, 60);
  return isIPv6(address) ? `${address.toLowerCase().split(':').slice(0, 4).join(':')}::` : address;
}
