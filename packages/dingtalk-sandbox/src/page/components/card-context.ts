import { createContext } from 'preact';

/** Which card a control belongs to, and who is looking at it. */
export interface CardPlace {
  readonly outTrackId: string;
  readonly viewer: string;
}

export const CardContext = createContext<CardPlace>({ outTrackId: '', viewer: '' });
