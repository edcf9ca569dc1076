import { associationsOf, type Standing, standingOf, textIn } from './standing.ts';
import { fieldsOf, type Row, type RowChange, type StoredState } from './stored-state.ts';

/** What is noted of what comes and goes, whoever it is from. */
const BOOKKEEPING = named(
  'taps inbox lanes leases runs rates monthlyusage personalusage outages processes uploads visits settings incomingfiles incomingresults',
);
/** Where somebody's cards stand, and when they were heard of. */
const OF_CHATS = named('workingCard recordByAnswer inHand works move activeAt checkedAt spentSaidOn');
/** What makes somebody a member, and how much of one. */
const PLACE = named('state role isoId supervisorId paused formerIso');
/** A card is drawn, redrawn, folded. */
const DRAWING = named(
  'at stale quietUntil waitsFor failures wanted shown putting round delivered refused formOpen folded line kind maybeMade answering flight follows redrawAt',
);
/** By whom a row is in hand, the first that stands there. */
const IN_HAND = ['ownerId', 'assigneeId', 'holderId', 'userId', 'staffId', 'createdBy', 'boundBy', 'viewer'] as const;

function named(words: string): ReadonlySet<string> {
  return new Set(words.split(' '));
}

interface Moment {
  readonly before: StoredState;
  readonly after: StoredState;
}

/** Whether somebody who stood so before may have brought about this change with taps of their own. */
export function mayChange(who: Standing, change: RowChange, moment: Moment): boolean {
  const { collection, before, after } = change;
  if (BOOKKEEPING.has(collection)) return true;
  switch (collection) {
    case 'cards':
      return mayChangeCard(who, change, moment);
    case 'outbox':
      return mayEnqueue(who, after, moment);
    case 'audit':
      return before === undefined && after?.by === who.userId;
    case 'peoples':
      return mayChangePerson(who, change, moment);
    case 'associations':
      return mayChangeAssociation(who, change);
    default:
      return isTheirs(who, change);
  }
}

function isAdminOf({ works, role, isoId }: Standing, of: string | undefined): boolean {
  return works && role === 'ADMIN' && of !== undefined && of === isoId;
}

/** Of their own ISO, and in their hands before; what is new, in their hands. */
function isTheirs(who: Standing, { id, before, after }: RowChange): boolean {
  const isos = [before, after].map((row) => textIn(row, 'isoId')).filter((isoId) => isoId !== undefined);
  const owner = ownerOf(before ?? after);
  if (isos.length === 0) return owner === undefined ? id.startsWith(who.userId) : owner === who.userId;
  if (!who.works || isos.some((isoId) => isoId !== who.isoId)) return false;
  if (isAdminOf(who, isos[0])) return true;
  if (owner !== undefined) return who.hands.includes(owner);
  // a task of the whole ISO is taken by whoever begins it
  return before?.formerId === undefined && after?.assigneeId === who.userId;
}

function ownerOf(row: Row | undefined): string | undefined {
  const owner = row?.ownerId;
  if (row?.formerId !== undefined) return textIn(row, 'ownerId') ?? textIn(row, 'assigneeId');
  return typeof owner === 'string'
    ? owner
    : IN_HAND.map((field) => textIn(row, field)).find((name) => name !== undefined);
}

function mayChangeCard(who: Standing, change: RowChange, { after: state }: Moment): boolean {
  const { before, after } = change;
  const viewer = textIn(after ?? before, 'viewer') ?? '';
  if (viewer === who.userId || (after ?? before)?.inGroup === true) return true;
  const isDrawn = fieldsOf(change).every((field) => DRAWING.has(field));
  return (before !== undefined && isDrawn) || (after !== undefined && mayTell(who, viewer, after, state));
}

/** Who hears of something: those who look after them, whom they look after, and who decides about their request. */
function mayTell(who: Standing, viewer: string, card: Row, state: StoredState): boolean {
  const other = standingOf(state, viewer);
  const asked = associationsOf(state, who.userId).map(({ isoId }) => isoId);
  if (other.role === 'ADMIN' && asked.includes(other.isoId)) return true;
  if (isAdminOf(who, who.isoId) && String(card.view).startsWith('association.')) return true;
  if (!who.works || who.isoId !== other.isoId) return false;
  return other.role === 'ADMIN' || isAdminOf(who, other.isoId) || [who.supervisorId, ...who.hands].includes(viewer);
}

/** Whom DingTalk is asked about, or asked to invite. */
function mayEnqueue(who: Standing, row: Row | undefined, { after }: Moment): boolean {
  const errand = row?.errand;
  if (typeof errand !== 'object' || errand === null || !('kind' in errand) || !('id' in errand)) return true;
  if (errand.kind === 'lookup') return errand.id === who.userId;
  return isAdminOf(who, textIn(after.get('associations')?.get(String(errand.id)), 'isoId'));
}

function mayChangePerson(who: Standing, change: RowChange, moment: Moment): boolean {
  const { id, before, after } = change;
  const fields = fieldsOf(change);
  const placed = fields.some((field) => PLACE.has(field));
  if (id === who.userId) return !placed || mayMove(who, after, moment);
  if (fields.every((field) => OF_CHATS.has(field))) return true;
  // an admin is among their own, and lets in who asked
  const isAsked = associationsOf(moment.before, id).some((row) => row.isoId === who.isoId && row.state === 'PENDING');
  const from = textIn(before, 'isoId');
  return isAdminOf(who, from) || (from === undefined && isAsked && isAdminOf(who, textIn(after, 'isoId')));
}

/** Somebody leaves, or comes where they were invited; nobody rises, nor ends a pause, by what they tap. */
function mayMove(who: Standing, after: Row | undefined, { before }: Moment): boolean {
  const isoId = textIn(after, 'isoId');
  const isStaff = after?.role === 'STAFF' || after?.role === undefined;
  if (before.get('peoples')?.get(who.userId)?.paused !== after?.paused && who.isoId === isoId) return false;
  if (isoId === undefined) return isStaff && after?.state === 'UNKNOWN';
  const isInvited = associationsOf(before, who.userId).some((row) => row.isoId === isoId && row.state === 'INVITED');
  return isStaff && isInvited && after?.state === 'ACTIVE';
}

function mayChangeAssociation(who: Standing, { before, after }: RowChange): boolean {
  const isoId = textIn(after ?? before, 'isoId');
  if (isAdminOf(who, isoId)) return true;
  if ((before ?? after)?.userId !== who.userId) return false;
  if (before === undefined) return after?.state === 'PENDING';
  return after?.state === before.state || after?.state !== 'ACTIVE' || before.state === 'INVITED';
}
