import type { Person } from '../../models/people.ts';

/** Something that can be given on, as far as that tells whose it is. */
interface GivenOn {
  readonly ownerId?: string | undefined;
  readonly formerId?: string | undefined;
  readonly givenAt?: number | undefined;
}

/**
 * Whether it is in the person's hands, or was when they sent something for it, `sentAt`: what was sent before it was given on, and comes
 * late, stays with the work that it was sent for (domain A.12-21).
 */
export function wasInHand({ userId }: Pick<Person, 'userId'>, work: GivenOn, sentAt?: number): boolean {
  if (work.ownerId === userId) return true;
  return work.formerId === userId && work.givenAt !== undefined && sentAt !== undefined && sentAt <= work.givenAt;
}
