/** `warning`: all works, somebody should look; `unknown`: it could not be looked at, because of something that is told beside it. */
export type FindingState = 'ok' | 'warning' | 'wrong' | 'unknown';

/** What was found of one thing. */
export interface Finding {
  /** What was looked at: a stable name for programs. */
  readonly about: string;
  readonly state: FindingState;
  /** In words. */
  readonly says: string;
  /** What to do about it, a sentence. */
  readonly remedy?: string | undefined;
}

/** A part of what is looked at. It may throw: then that is what was found. */
export type Look = () => Promise<readonly Finding[]>;

export function ok(about: string, says: string): Finding {
  return { about, state: 'ok', says };
}

export function wrong(about: string, says: string, remedy: string): Finding {
  return { about, state: 'wrong', says, remedy };
}

export function warning(about: string, says: string, remedy: string): Finding {
  return { about, state: 'warning', says, remedy };
}

export function unknown(about: string, says: string): Finding {
  return { about, state: 'unknown', says };
}
