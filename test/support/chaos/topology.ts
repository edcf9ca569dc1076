import type { SandboxApi } from '../world/sandbox-api.ts';
import type { KeptPart } from './kept-part.ts';
import type { SmallDisk } from './small-disk.ts';
import type { Target } from './target.ts';

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
  /** Where what must be saved is written, if it can be made full. */
  readonly disk: SmallDisk | undefined;
  /** Moves the calendar under everybody: a second bot reads it when it starts. */
  moves(ms: number): Promise<void>;
  /** Resolves when every part answers. */
  allUp(): Promise<void>;
  /** Brings the second bot, where there is one, to the time that the first one was moved to. */
  timesAgree(): Promise<void>;
  /** What differs from what was asked for, in a sentence. */
  readonly remarks: readonly string[];
  close(): Promise<void>;
}
