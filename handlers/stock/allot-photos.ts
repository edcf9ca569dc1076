import { PHOTO_REFUSED } from '../../cards/photos/photo-refused.ts';
import { shorten } from '../../cards/shorten.ts';
import type { CardLine } from '../../models/cards.ts';
import { findStock } from '../../models/code-stock.ts';
import { type Allotting, type CodesCounted, changePerson, findPerson, type Person } from '../../models/people.ts';
import { flowOf } from '../../models/programme-in-use.ts';
import type { Context } from '../../src/bot/context.ts';
import { codeHash, readPayload } from '../../src/domain/code.ts';
import { isOneOf } from '../../src/domain/who.ts';
import { sameSubject } from '../photos/current-work.ts';
import { type PhotoTarget, showChecked } from '../photos/photo-target.ts';
import type { Asking, SentPhoto } from '../photos/photo-work.ts';
import { sayBelow } from '../photos/say-below.ts';
import { allotCodes } from './move-stock.ts';
import { productsWithCodes } from './stock-card.ts';

/** So long after the last photo nobody means that person any more. */
const OVER_AFTER_MS = 3_600_000;
/** A name inside a line. */
const SHOWN_NAME = 20;

/** Who gets the codes of photos, and why nobody does now. */
interface Receiver {
  readonly to: Person;
  readonly isoId: string;
  readonly refused: CardLine | undefined;
}

/** Photos of codes that an admin gives to somebody: what each shows is given at once, and the photo is not kept. */
export const allotPhotos: PhotoTarget = {
  async find(asking, id, sentAt) {
    const found = await receiverOf(asking, id);
    if (found === undefined) return undefined;
    const { to, isoId, refused } = found;
    const { allotting } = asking.person;
    const isOld = sentAt !== undefined && allotting?.to === id && sentAt > allotting.at + OVER_AFTER_MS;
    const ended = refused !== undefined || isOld ? 'over' : undefined;
    const late = { key: 'allot.photoLate', args: { name: shorten(to.name, SHOWN_NAME) } } as const;
    const saysLate = refused ?? (isOld ? ({ key: 'allot.photosOver' } as const) : late);
    return { id, shop: to.name, doing: 'allot', isoId, version: 0, ended, saysLate };
  },

  async expect(ctx, id, photos) {
    const found = await receiverOf(ctx, id);
    if (found === undefined) return undefined;
    const { allotting } = ctx.person;
    const [last] = photos.slice(-1);
    if (allotting?.to === id && last !== undefined)
      await remember(ctx, { ...allotting, at: Math.max(allotting.at, last.at) });
    const about = { kind: 'allotting', id } as const;
    // nothing is numbered in it: photos are read in the order in which they were sent
    const firstSeq = last?.at ?? 0;
    return { about, isoId: found.isoId, firstSeq, content: { view: 'team.allotPhotos', subject: about } };
  },

  async checked(ctx, id, photo, verdict) {
    const found = await receiverOf(ctx, id);
    if (found === undefined) return;
    if (found.refused !== undefined) return sayBelow(ctx, found.refused);
    if (!verdict.ok) return await told(ctx, found, photo, { note: verdict.reason });
    await told(ctx, found, photo, await give(ctx, found, verdict.codes));
  },

  async receive(ctx, id, _photo, verdict) {
    const found = await receiverOf(ctx, id);
    if (found === undefined || found.refused !== undefined || !verdict.ok) return undefined;
    await count(ctx, found, await give(ctx, found, verdict.codes));
    return 'used';
  },

  async show(ctx, id, line) {
    ctx.show({ view: 'team.allotPhotos', subject: { kind: 'allotting', id }, line });
  },

  begun: async () => [],
  gathered: async () => [],
  release: async () => undefined,
  putAside: async () => undefined,
  asks: async () => [],
  forms: async () => [],
  scanned: async () => undefined,
  filledIn: async () => undefined,
};

/** Whoever gives codes is an admin still, and who gets them is at work in their ISO; undefined for whom nobody knows. */
async function receiverOf({ person, now, tx }: Asking, id: string): Promise<Receiver | undefined> {
  const { isoId } = person;
  const to = await findPerson(id, tx);
  if (to === undefined || isoId === undefined) return undefined;
  if (!isOneOf(person, 'admin', now)) return { to, isoId, refused: { key: 'allot.notAdmin' } };
  const isThere = to.isoId === isoId && to.state === 'ACTIVE';
  const name = shorten(to.name, SHOWN_NAME);
  return { to, isoId, refused: isThere ? undefined : { key: 'allot.left', args: { name } } };
}

/** What came of a photo: what became of its codes, or why none was read. */
type Found = { readonly counted: CodesCounted } | { readonly note: NonNullable<Allotting['note']> };

/** Gives what a photo shows of the ISO's stock and nobody has. */
async function give(ctx: Context, { to, isoId }: Receiver, payloads: readonly string[]): Promise<Found> {
  if (payloads.length === 0) return { note: 'noCode' };
  const rules = productsWithCodes().map((product) => flowOf(product).codes);
  const read = payloads.map((payload) => {
    const codes = rules
      .map((rule) => readPayload(payload, rule))
      .flatMap((one) => (one.kind === 'ours' ? one.code : []));
    return codes[0] === undefined ? undefined : codeHash(codes[0]);
  });
  const hashes = [...new Set(read.flatMap((hash) => hash ?? []))];
  const inStock = (await findStock(hashes, ctx.tx)).filter((code) => code.isoId === isoId);
  const { moved: given, others: before } = await allotCodes(ctx, inStock, to);
  const notInStock = hashes.length - inStock.length;
  return { counted: { given, before, notInStock, others: read.filter((hash) => hash === undefined).length } };
}

/** Says what came of a photo: on the card that is in hand, else by a line. */
async function told(ctx: Context, { to, ...receiver }: Receiver, photo: SentPhoto, found: Found): Promise<void> {
  await count(ctx, { to, ...receiver }, found);
  const subject = { kind: 'allotting', id: to.userId } as const;
  const line = lineOf(to, found);
  if (!sameSubject(ctx.person.currentWork, subject)) return sayBelow(ctx, line);
  const isAny = 'counted' in found && found.counted.given > 0;
  showChecked(ctx, { subject, shop: to.name }, photo, isAny ? undefined : line);
}

function lineOf({ name }: Person, found: Found): CardLine {
  if ('note' in found) return { key: found.note === 'noCode' ? 'allot.noCode' : PHOTO_REFUSED[found.note] };
  const { given, ...others } = found.counted;
  const notGiven = others.before + others.notInStock + others.others;
  return { key: 'allot.givenTo', args: { name: shorten(name, SHOWN_NAME), count: given, others: notGiven } };
}

/** Adds it to what the card counts, while that is for this person. */
async function count(ctx: Context, { to }: Receiver, found: Found): Promise<void> {
  const { allotting } = ctx.person;
  if (allotting?.to !== to.userId) return;
  const { note: _before, ...so } = allotting;
  if ('note' in found) return await remember(ctx, { ...so, note: found.note });
  const { given, before, notInStock, others } = found.counted;
  await remember(ctx, {
    ...so,
    given: so.given + given,
    before: so.before + before,
    notInStock: so.notInStock + notInStock,
    others: so.others + others,
  });
}

async function remember(ctx: Context, allotting: Allotting): Promise<void> {
  ctx.person = await changePerson(ctx.person.userId, { allotting }, ctx.tx);
}
