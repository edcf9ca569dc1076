/** Something that runs and can be struck. */
export interface Target {
  readonly name: string;
  /** Ends it, whoever starts it again; resolves when it is gone. `pauseMs`: how long it stays away, where that can be said. */
  ends(how: 'SIGKILL' | 'SIGTERM', pauseMs: number): Promise<boolean>;
  /** Stops it for so long; `false` when it was not there. */
  freezes(ms: number): Promise<boolean>;
}
