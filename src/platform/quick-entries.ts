/** One entry at the bottom of a single chat with the robot. */
export interface QuickEntryLink {
  /** By the client's language, as DingTalk writes it: `th_TH`. */
  readonly names: Readonly<Record<string, string>>;
  /** A `media_id`. */
  readonly icon: string;
  readonly phoneUrl: string;
  readonly computerUrl: string;
}

/** The navigation at the bottom of everybody's chat with the robot (dingtalk 3.5). An operator sets it, once for all. */
export interface QuickEntryLinks {
  /** Replaces what was there. */
  set(entries: readonly QuickEntryLink[]): Promise<void>;
  list(): Promise<readonly QuickEntryLink[]>;
  clear(): Promise<void>;
}
