import { DAY_MS } from '@field/kit/calendar';
import type { InvitedModel } from '../../cards/team/invite.ts';
import type { PersonRow } from '../../cards/team/people.ts';
import {
  type Association,
  associationsOfIso,
  countWaiting,
  waitingPage,
  waitingTimes,
} from '../../models/associations.ts';
import { findIso } from '../../models/isos.ts';
import { type Person, peopleOf } from '../../models/people.ts';
import { currentProgramme } from '../../models/programme-in-use.ts';
import { readWebAddress } from '../../models/settings.ts';
import { OLD_CARD } from '../../src/delivery/render-cards.ts';
import type { PersonState } from '../../src/domain/person-state.ts';
import { parsePhone } from '../../src/domain/phone.ts';
import { byHour } from '../../src/domain/waiting-requests.ts';
import { APPROVED_AT_ONCE } from './approve-all.ts';
import { forAdmins, forThoseInCharge, type Scope } from './for-admins.ts';
import { invitationsToday } from './invitations-today.ts';
import { listNamed, PAGE, paged, pageOf } from './lists.ts';

/** Longer than any list of people. */
const MOST = 1_000_000;
/** As many as the card of those who wait has by name. */
const NAMED = 2;
/** An invitation that nobody answered is listed so long after it went out. */
const EXPIRED_LISTED_MS = 60 * DAY_MS;
const byName = new Intl.Collator('en', { numeric: true });

/** Those who wait, the longest first. */
export const loadRequests = forAdmins(async (card, _viewer, isoId) => {
  const pageFrom = (wanted: number) => waitingPage(isoId, { skip: (wanted - 1) * PAGE, limit: PAGE });
  const asked = pageOf(MOST, card).page;
  const [count, found, iso] = await Promise.all([countWaiting(isoId), pageFrom(asked), findIso(isoId)]);
  const { page, pages } = pageOf(count, card);
  const rows = page === asked ? found : await pageFrom(page);
  const timeZone = iso?.timeZone ?? 'UTC';
  const waiting = rows.map(({ requestId, name, phone, at }) => ({ requestId, name, phone, at }));
  return { name: 'team.requests', model: { waiting, count, page, pages, timeZone }, version: 0 };
});

/** The record that stands in place of single request cards once many wait. */
export const loadWaiting = forAdmins(async (_card, _viewer, isoId, now) => {
  const [count, first, iso] = await Promise.all([
    countWaiting(isoId),
    waitingPage(isoId, { skip: 0, limit: NAMED }),
    findIso(isoId),
  ]);
  const since = first[0]?.at ?? now;
  const model = {
    names: first.map(({ name }) => name),
    count,
    since: now - since < DAY_MS ? undefined : since,
    timeZone: iso?.timeZone ?? 'UTC',
  };
  return { name: 'association.waiting', model, version: count, isOver: count === 0 };
});

/** *Approve all…*: ticks first. */
export const loadApproveAll = forAdmins(async (_card, viewer, isoId) => {
  const { waiting, count } = await firstToDecide(viewer, isoId);
  return { name: 'team.approve', model: { waiting, count }, version: 0 };
});

/** *Reject all…*: ticks first, by name; of more than stand on a form, by the hour in which they asked. */
export const loadRejectAll = forAdmins(async (_card, viewer, isoId) => {
  const [{ waiting, count }, iso] = await Promise.all([firstToDecide(viewer, isoId), findIso(isoId)]);
  const hours = count > APPROVED_AT_ONCE ? byHour(await waitingTimes(isoId)).slice(0, APPROVED_AT_ONCE) : [];
  return { name: 'team.reject', model: { waiting, count, hours, timeZone: iso?.timeZone ?? 'UTC' }, version: 0 };
});

/** Those whom this admin may decide about, as many as stand on a form with ticks. */
async function firstToDecide({ userId }: Person, isoId: string) {
  const [first, count] = await Promise.all([
    waitingPage(isoId, { skip: 0, limit: APPROVED_AT_ONCE + 1 }),
    countWaiting(isoId),
  ]);
  const waiting = first.filter((one) => one.userId !== userId).slice(0, APPROVED_AT_ONCE);
  const shown = waiting.map(({ requestId, name, phone }) => ({ requestId, name, phone }));
  return { waiting: shown, count };
}

/** Everybody who works here or was invited: what is stuck first, then who is not here yet, then the others by name. */
export const loadPeople = forThoseInCharge(async (card, viewer, scope, now) => {
  const find = viewer.typed?.values.find ?? '';
  const [iso, all] = await Promise.all([findIso(scope.isoId), peopleHere(scope, viewer, now)]);
  const country = iso?.country ?? currentProgramme().programme.defaultMarket;
  const { rows, page, pages, count } = paged(
    all.filter((one) => matches(one, find, country)),
    card,
  );
  const search = all.length > PAGE;
  return {
    name: 'team.people',
    model: { rows: rows.map(({ row }) => row), count, page, pages, find, search, everybody: scope.everybody },
    version: 0,
  };
});

/** Those who are at work here, or were, with this in their name or number. */
export async function membersFound(scope: Scope, viewer: Person, now: number, find: string) {
  const [iso, all] = await Promise.all([findIso(scope.isoId), peopleHere(scope, viewer, now)]);
  const country = iso?.country ?? currentProgramme().programme.defaultMarket;
  return all.flatMap((one) => {
    const { opens, ...row } = one.row;
    return 'person' in opens && matches(one, find, country) ? [{ ...row, userId: opens.person }] : [];
  });
}

/** The form of an invitation, with what came of the last one. */
export const loadInvite = forAdmins(async (_card, viewer, isoId, now, seen) => {
  const { values = {}, problems = [] } = viewer.typed ?? {};
  const { name = '', phone = '', invited } = values;
  const iso = await findIso(isoId, seen);
  if (iso === undefined) return OLD_CARD;
  return {
    name: 'team.invite',
    model: {
      values: { name, phone },
      problems,
      invited: invited === undefined ? undefined : (JSON.parse(invited) as InvitedModel),
      today: await invitationsToday(iso, now),
    },
    version: 0,
  };
});

/** The ISO's QR code, and where its poster is. */
export const loadPoster = forAdmins(async (_card, _viewer, isoId) => {
  const [iso, address] = await Promise.all([findIso(isoId), readWebAddress()]);
  if (iso === undefined || address === undefined) return { name: 'team.poster', model: {}, version: 0 };
  const { joinToken } = iso;
  const pages = { join: `${address}/join/${joinToken}`, poster: `${address}/poster/${joinToken}` };
  return { name: 'team.poster', model: { pages }, version: 0 };
});

export const loadMore = forAdmins(async () => ({ name: 'team.more', model: {}, version: 0 }));

/** The form that searches one of the lists. */
export const loadSearch = forThoseInCharge(async (card) => ({
  name: 'team.search',
  model: { list: listNamed(card.subject.id) },
  version: 0,
}));

/** How who belongs to the ISO stands in its list. */
export const HERE: Readonly<Record<PersonState, PersonRow['state']>> = {
  UNKNOWN: 'left',
  ACTIVE: 'working',
  PAUSED: 'paused',
  SUSPENDED: 'left',
};

interface Listed {
  readonly row: PersonRow;
  readonly phone: string | undefined;
}

const ORDER: Readonly<Record<PersonRow['state'], number>> = {
  stuck: 0,
  expired: 1,
  invited: 2,
  left: 3,
  paused: 4,
  working: 5,
};

async function peopleHere({ isoId, everybody, has }: Scope, viewer: Person, now: number): Promise<Listed[]> {
  const states = ['APPROVED', 'INVITED', 'REFUSED', 'EXPIRED', 'ACTIVE', 'SUSPENDED'] as const;
  const [associations, people] = await Promise.all([associationsOfIso(isoId, states), peopleOf(isoId)]);
  const here = people.filter(({ userId }) => userId === viewer.userId || has(userId));
  const working = here.map(
    ({ userId, name, state, role }): Listed => ({
      row: { name, role, state: HERE[state], opens: { person: userId } },
      phone: associations.find((one) => one.userId === userId && isMember(one))?.phone,
    }),
  );
  const coming = (everybody ? associations : []).flatMap((one): Listed[] => {
    const state = comingState(one, now);
    if (state === undefined) return [];
    const opens = { association: one.requestId };
    return [{ row: { name: one.name, role: 'STAFF', state, opens }, phone: one.phone }];
  });
  return [...coming, ...working].sort(
    (a, b) => ORDER[a.row.state] - ORDER[b.row.state] || byName.compare(a.row.name, b.row.name),
  );
}

function isMember({ state }: Association): boolean {
  return state === 'ACTIVE' || state === 'SUSPENDED';
}

/** Where an invitation stands; undefined for who came, for a request that expired undecided, and for what is long over. */
function comingState(one: Association, now: number): PersonRow['state'] | undefined {
  if (isMember(one) || one.decidedBy === undefined) return undefined;
  if (isStuck(one)) return 'stuck';
  if (one.state !== 'EXPIRED') return 'invited';
  return now - (one.invitedAt ?? 0) < EXPIRED_LISTED_MS ? 'expired' : undefined;
}

/** Whether an invitation did not go out. */
export function isStuck({ state, problem }: Association): boolean {
  return (state === 'APPROVED' || state === 'INVITED') && problem !== undefined;
}

/** By a part of the name, or of the number as it is typed in the ISO's country. */
function matches({ row, phone }: Listed, find: string, country: string): boolean {
  if (find === '') return true;
  const digits = find.replace(/\D/g, '').replace(/^0+/, '');
  const number = parsePhone(find, country) ?? digits;
  return row.name.toLowerCase().includes(find.toLowerCase()) || (digits.length >= 3 && (phone ?? '').includes(number));
}
