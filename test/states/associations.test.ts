import { DAY_MS } from '@field/kit/calendar';
import { AppError, asAppError } from '@field/kit/errors';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Association, associationsOfIso, invitationsTo, latestAssociationOf } from '../../models/associations.ts';
import { findIsoByEmail } from '../../models/isos.ts';
import { findPerson } from '../../models/people.ts';
import { NeedsTransaction } from '../../models/single-write.ts';
import { ASSOCIATION_MOVES } from '../../src/domain/association-state.ts';
import { statesOf } from '../../src/domain/moves.ts';
import { addAdmin } from '../../src/operator/isos.ts';
import { useWorld } from '../support/in-process/use-world.ts';
import { DEMO_ISO } from '../support/in-process/world.ts';
import { movesOf, SeenMoves, StoreWatch } from './moves-of.ts';

const world = useWorld();

type Event = (guest: Guest) => Promise<void>;

/** Somebody new, and what of theirs goes on. */
class Guest {
  readonly userId: string;
  phone: string;

  constructor(number: number) {
    this.userId = `guest${number}`;
    this.phone = `+6681000${1_000 + number}`;
  }

  /** As DingTalk writes it. */
  get mobile(): string {
    return this.phone.replace('+66', '+66-');
  }

  async associations(): Promise<readonly Association[]> {
    const isoId = (await findIsoByEmail(DEMO_ISO))?.isoId ?? '';
    const all = await associationsOfIso(isoId, statesOf(ASSOCIATION_MOVES));
    return all.filter(({ phone }) => phone === this.phone);
  }
}

async function tap(userId: string, params: Record<string, unknown>): Promise<void> {
  const person = world().person(userId);
  if ((await person.cards()).length === 0) await person.says('hi');
  const { outTrackId } = await person.card();
  await world().receive(world().tap(outTrackId, { userId, actionId: 'x', params }));
}

/** The admin taps this on the card of whatever there is of the guest. */
function admin(action: string): Event {
  return async (guest) => {
    for (const { requestId, version } of await guest.associations()) {
      const subject = `association:${requestId}`;
      await tap('admin1', { action, subject, version: String(version), form: { words: 'No.' } });
    }
  };
}

const asks: Event = async ({ userId, phone }) =>
  await tap(userId, { action: 'association.send', form: { isoEmail: DEMO_ISO, name: userId, phone } });
const withdraws: Event = async ({ userId }) => {
  const { version = 0 } = (await latestAssociationOf(userId)) ?? {};
  await tap(userId, { action: 'association.withdraw', version: String(version) });
};
const asksOnPage: Event = async ({ userId, phone }) => {
  const facts = { isoEmail: DEMO_ISO, name: userId, phone, language: 'en' };
  await world().finds({ type: 'join.asked', facts }, 'join');
};
const isInvited: Event = async ({ userId: name, phone }) =>
  await tap('admin1', { action: 'team.sendInvites', form: { name, phone, list: '' } });
/** In the organisation for a reason of their own. */
const isInside: Event = async ({ userId, mobile }) => {
  world().platform.members.set(userId, { name: userId, mobile });
};
const answers =
  (action: string): Event =>
  async (guest) => {
    for (const { requestId, version } of await invitationsTo(guest.userId))
      await tap(guest.userId, { action, association: requestId, seen: String(version) });
  };
const saysYes = answers('association.join');
const saysYesAgain = answers('association.move');
const saysNo = answers('association.refuse');
const tenDays: Event = async () => world().clock.moveTo(world().clock.now() + 10 * DAY_MS);
const hasAnotherNumber: Event = async (guest) => {
  guest.phone = guest.phone.replace('+6681', '+6682');
};
const joins: Event = async ({ userId, mobile }) => {
  await world().advance(60_000);
  world().platform.members.set(userId, { name: userId, mobile });
  await world().receive(world().event('user_add_org', [userId]));
};
const leaves: Event = async ({ userId }) => {
  await world().advance(60_000);
  world().platform.members.delete(userId);
  await world().receive(world().event('user_leave_org', [userId]));
};
const isForgotten: Event = async (guest) => {
  for (const { requestId, version, isoId } of await guest.associations()) {
    const facts = { association: requestId, version: String(version) };
    await world().finds({ type: 'association.overdue', facts }, isoId);
  }
};
const isMadeAdmin: Event = async ({ userId }) => {
  const { ids, clock } = world();
  await addAdmin({ email: DEMO_ISO, userId, name: userId }, { ids, now: () => clock.now() });
};
const isRemoved: Event = async ({ userId }) => {
  const { changes = 0 } = (await findPerson(userId)) ?? {};
  await tap('admin1', { action: 'team.change', subject: `memberChange:remove/${userId}`, version: String(changes) });
};
const approved = admin('association.approve');
const rejected = admin('association.reject');
const resent = admin('association.resend');
const takenBack = admin('association.takeBack');
const isInvitedElsewhere: Event = async ({ userId: name, phone }) =>
  await tap('ploy', { action: 'team.sendInvites', form: { name, phone, list: '' } });
const invitationsFail: Event = async () => world().platform.refuse('invite', new AppError('contact.badNumber'));
const invitationsWork: Event = async () => world().platform.allow('invite');

/** Every handler is one transaction: what it moves is seen by itself. In `wrong`, what failed in a way that nobody meant. */
function watchHandlers(): { readonly seen: SeenMoves; readonly wrong: readonly string[] } {
  const seen = new SeenMoves();
  const watch = new StoreWatch({ associations: seen });
  const wrong: string[] = [];
  world().standsAround(async (ctx, handle) => {
    try {
      await watch.during(handle, ctx.tx);
    } catch (thrown) {
      const { kind, details } = asAppError(thrown);
      // it is begun anew, in a transaction
      if (kind === 'bug' && !(thrown instanceof NeedsTransaction)) wrong.push(JSON.stringify(details));
      throw thrown;
    }
  });
  return { seen, wrong };
}

/** What somebody new goes through, and the moves that it makes: together every one that there is. */
const LIVES: readonly (readonly [string, readonly Event[], readonly string[]])[] = [
  ['takes the request back', [asks, withdraws], ['NEW > PENDING', 'PENDING > WITHDRAWN']],
  ['is turned away', [asks, rejected], ['NEW > PENDING', 'PENDING > REJECTED']],
  ['is not answered', [asks, isForgotten], ['NEW > PENDING', 'PENDING > EXPIRED']],
  [
    'is let in, leaves, comes back, leaves and asks anew',
    [asks, approved, leaves, joins, leaves, asksOnPage],
    ['ACTIVE > SUSPENDED', 'NEW > PENDING', 'PENDING > ACTIVE', 'SUSPENDED > ACTIVE', 'SUSPENDED > REMOVED'],
  ],
  [
    'is approved, and the invitation that cannot go out is taken back',
    [invitationsFail, asksOnPage, approved, takenBack],
    ['APPROVED > WITHDRAWN', 'NEW > PENDING', 'PENDING > APPROVED'],
  ],
  [
    'is approved, and joins without an invitation',
    [invitationsFail, asksOnPage, approved, joins],
    ['APPROVED > ACTIVE', 'NEW > PENDING', 'PENDING > APPROVED'],
  ],
  [
    'is invited, joins, leaves, and joins for another ISO',
    [isInvited, joins, leaves, isInvitedElsewhere, joins],
    ['ACTIVE > SUSPENDED', 'APPROVED > INVITED', 'INVITED > ACTIVE', 'NEW > APPROVED', 'SUSPENDED > ACTIVE'],
  ],
  [
    'is invited, forgets it, is invited again, and that is taken back',
    [isInvited, isForgotten, resent, takenBack],
    ['APPROVED > INVITED', 'EXPIRED > INVITED', 'INVITED > EXPIRED', 'INVITED > WITHDRAWN', 'NEW > APPROVED'],
  ],
  [
    'is inside, says no, and the ISO hears of it as of one who does not answer',
    [isInside, isInvited, saysNo, isForgotten],
    ['APPROVED > INVITED', 'INVITED > REFUSED', 'NEW > APPROVED', 'REFUSED > EXPIRED'],
  ],
  [
    'is inside, says no, and the invitation is taken back',
    [isInside, isInvited, saysNo, takenBack],
    ['APPROVED > INVITED', 'INVITED > REFUSED', 'NEW > APPROVED', 'REFUSED > WITHDRAWN'],
  ],
  [
    'is inside, says no, and is invited again weeks later',
    [isInside, isInvited, saysNo, tenDays, resent, tenDays, resent, tenDays, tenDays, resent],
    ['APPROVED > INVITED', 'INVITED > REFUSED', 'NEW > APPROVED', 'REFUSED > INVITED'],
  ],
  ['is let in, and removed', [asks, approved, isRemoved], ['ACTIVE > REMOVED', 'NEW > PENDING', 'PENDING > ACTIVE']],
  [
    'is let in, and moves to another ISO',
    [isInside, asks, approved, isInvitedElsewhere, saysYes, saysYesAgain],
    ['ACTIVE > LEFT', 'APPROVED > INVITED', 'INVITED > ACTIVE', 'NEW > APPROVED', 'NEW > PENDING', 'PENDING > ACTIVE'],
  ],
  [
    'is let in, leaves, and comes back with another number that another ISO invited',
    [asks, approved, leaves, hasAnotherNumber, isInvitedElsewhere, joins],
    [
      'ACTIVE > SUSPENDED',
      'APPROVED > INVITED',
      'INVITED > ACTIVE',
      'NEW > APPROVED',
      'NEW > PENDING',
      'PENDING > ACTIVE',
      'SUSPENDED > LEFT',
    ],
  ],
];

it.each(LIVES)('who %s', async (_what, life, moves) => {
  const { seen, wrong } = watchHandlers();
  const guest = new Guest(1);
  for (const happens of life) await happens(guest);
  expect(wrong).toEqual([]);
  expect(seen.all).toEqual(moves);
});

it('the table has every move that is made in such a life, and no other', () => {
  const made = new Set(LIVES.flatMap(([, , moves]) => moves));
  expect([...made].sort()).toEqual(movesOf(ASSOCIATION_MOVES));
});

const EVENTS = [...new Set(LIVES.flatMap(([, life]) => life)), isMadeAdmin, invitationsWork].filter(
  (event) => event !== tenDays,
);
const ANY_LIVES = fc.sample(fc.array(fc.constantFrom(...EVENTS), { minLength: 5, maxLength: 8 }), {
  numRuns: 4,
  seed: 20261124,
});

it.each(ANY_LIVES.map((life, number) => [number, life] as const))(
  'whatever happens to somebody, in any order, makes no other move: %s',
  async (_number, life) => {
    const { seen, wrong } = watchHandlers();
    const guest = new Guest(1);
    for (const happens of life) await happens(guest);
    expect(wrong).toEqual([]);
    expect(movesOf(ASSOCIATION_MOVES)).toEqual(expect.arrayContaining(seen.all));
  },
);
