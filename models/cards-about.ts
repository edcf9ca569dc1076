import { type Card, Cards } from './cards.ts';

/** A card that keeps what it told somebody. */
export interface SentRecord extends Pick<Card, 'view' | 'viewer' | 'inGroup' | 'delivered'> {
  /** By `clock.now()`. */
  readonly at?: number | undefined;
  readonly refused?: { readonly error: string } | undefined;
}

const ONLY = ['kind', 'view', 'viewer', 'inGroup', 'delivered', 'at', 'refused'] as const;

/** What went out about any of these, at most so many. */
export async function recordsAbout(subjectIds: readonly string[], most: number): Promise<readonly SentRecord[]> {
  const rows = await Cards.find({ 'subject.id': { $in: subjectIds } }, { only: ONLY, limit: most });
  return rows.filter(({ kind }) => kind !== 'working');
}

/** What went out to somebody and stays as it is, of their latest cards at most so many. */
export async function recordsTo(viewer: string, most: number): Promise<readonly SentRecord[]> {
  const rows = await Cards.find({ viewer }, { only: ONLY, sort: { at: -1 }, limit: most });
  return rows.filter(({ kind }) => kind !== 'working');
}
