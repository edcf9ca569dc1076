import type { Storing } from '../world/behind.ts';
import type { SandboxApi } from '../world/sandbox-api.ts';
import type { KeptPart } from './kept-part.ts';
import type { SmallDisk } from './small-disk.ts';
import type { Target } from './target.ts';
import type { WrongClock } from './wrong-clock.ts';

export const TOPOLOGIES = ['own', 'apart', 'demo', 'two'] as const;
/** The bot owns its store; the store is a process of its own; `npm start`; two bots on one MongoDB. */
export type TopologyName = (typeof TOPOLOGIES)[number];

/** The product as it can be set up, with everything of it that can be struck. */
export interface Topology {
  readonly name: TopologyName;
  readonly sandbox: SandboxApi;
  /** Where the bots' folders are: hand-over files and the key of the data. */
  readonly botDirs: readonly string[];
  readonly sandboxDir: string;
  readonly storeUri: () => string;
  /** What faults are done to; the bots come first. */
  readonly targets: readonly Target[];
  /** The bots that take people's taps. */
  readonly bots: readonly Target[];
  readonly parts: readonly KeptPart[];
  /** Where what must be saved is written, as far as it can be made full. */
  readonly disks: readonly SmallDisk[];
  /** There is room again: what a full disk has ended, and nobody else keeps, is started again. */
  roomAgain(): Promise<void>;
  /** Of the machine of each bot. */
  readonly clocks: readonly WrongClock[];
  /** Moves the calendar under everybody: a second bot reads it when it starts. */
  moves(ms: number): Promise<void>;
  /** Resolves when every part answers. */
  allUp(): Promise<void>;
  /** Brings the second bot, where there is one, to the time that the first one was moved to. */
  timesAgree(): Promise<void>;
  /** What differs from what was asked for, in a sentence. */
  readonly remarks: readonly string[];
  /** Ends all of it; with `keepIn`, every folder is put there first, as it is once all has ended, but for the photos. */
  close(keepIn?: string): Promise<void>;
}

/** Where its data lies, and the key to them. */
export function storingOf({ botDirs: [dataDir = ''], storeUri }: Topology): Storing {
  return { dataDir, storeUri: storeUri() };
}
