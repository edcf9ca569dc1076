import type { Moves } from './moves.ts';

/** A test account of an ISO. It is with one person at most, and with nobody again before its password is changed. */
export type AccountState = 'FREE' | 'GIVEN' | 'RETURNED' | 'RETIRED';

const RETIRED = 'an admin or an operator retires it';

export const ACCOUNT_MOVES = {
  NEW: { FREE: 'an admin or an operator adds it' },
  FREE: { GIVEN: 'an admin gives it to somebody at work', RETIRED },
  GIVEN: { RETURNED: 'whoever has it gives it back, is paused or works there no more; or an admin takes it back' },
  RETURNED: { FREE: 'an admin says that its password is changed', RETIRED },
  RETIRED: {},
} as const satisfies Moves<AccountState>;

/** How an account came back. */
export type WhyBack = 'gaveBack' | 'takenBack' | 'paused' | 'left';

/** That somebody asks for an account, and for its password: one thing until both are theirs. */
export type AskState = 'OPEN' | 'ANSWERED' | 'DROPPED';

export const ASK_MOVES = {
  NEW: { OPEN: 'somebody at work asks for an account, or for the password of theirs' },
  OPEN: {
    ANSWERED: 'an admin says that the password is given',
    DROPPED: 'the account comes back, the inspection is submitted, or whoever asked is paused or works there no more',
  },
  ANSWERED: {},
  DROPPED: {},
} as const satisfies Moves<AskState>;
