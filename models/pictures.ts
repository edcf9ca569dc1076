import type { Subject, SubjectKind } from '../src/platform/subject.ts';
import { claimable, type Due } from './claimable.ts';
import { collection, type RecordOf } from './collection.ts';
import { mark, number, sealed, sealedValue, text } from './fields.ts';
import { heldBy } from './holders.ts';
import type { Reads } from './single-write.ts';
import { subjectKindNamed } from './subject-named.ts';
import type { Transaction } from './transaction.ts';

const CHECK_LEASE_MS = 60_000;
const MOST_AT_A_LOOK = 100;
/**
 * How far the pictures of one person stand apart in the order of picking, however close together they were sent: three hundred of one
 * person let each of another's pass, and thirty of each of two people alternate.
 */
const TURN_MS = 10_000;

const Pictures = collection('pictures', {
  /** Also the photo's id in what it is for: message id and position. */
  id: 'pictureId',
  fields: {
    userId: text(),
    aboutKind: text<SubjectKind>().readBy(subjectKindNamed),
    aboutId: text(),
    isoId: text(),
    /** The running number in what it is for; verdicts are applied in this order. */
    seq: number(),
    downloadCode: sealed('sealedCode').optional(),
    sentAt: number(),
    state: text<'PENDING' | 'CHECKED' | 'APPLIED'>(),
    verdict: sealedValue<unknown>().optional(),
    tries: number(),
    /** Where it stands in the order of picking, milliseconds; what a release before 0.3 reserved has none, and comes first. */
    turn: number().optional(),
    /** Checks in a row that have begun and said nothing: whoever did them was killed. */
    begun: number().optional(),
    /** Since when it is kept aside for an operator, who alone has it checked again. */
    asideAt: number().optional(),
    dueAt: number(),
    /** Nothing was left of the month to fetch it with. */
    waitsForBudget: mark(),
    token: text().optional(),
    /** Whoever sent it was there meanwhile: should it fail, it is due at once. */
    hurried: mark(),
    leaseUntil: number(),
  },
  indexes: [
    [{ state: 1, turn: 1 }],
    [{ userId: 1, state: 1, turn: -1 }],
    [{ userId: 1, state: 1, aboutId: 1, seq: 1 }],
    [{ aboutId: 1, state: 1, seq: 1 }],
    [{ state: 1, sentAt: 1 }],
    [{ state: 1, dueAt: 1 }],
    [{ asideAt: 1 }, { partialFilterExpression: { asideAt: { $exists: true } } }],
  ],
});

type Said = 'pictureId' | 'userId' | 'isoId' | 'seq' | 'sentAt';

/** A picture on its way from a message into what it was sent for: its place is reserved, then it is fetched and checked, then applied. */
export interface Picture extends Pick<RecordOf<typeof Pictures>, Said> {
  /** What it was sent for. */
  readonly about: Subject;
  readonly downloadCode: string;
}

/** Reserves the place of a message's pictures; part of the transaction that applies the message. */
export async function reservePictures(pictures: readonly Picture[], tx: Transaction): Promise<void> {
  const [first] = pictures;
  if (first === undefined) return;
  const waiting = { userId: first.userId, state: 'PENDING' } as const;
  const last = await Pictures.findOne(waiting, { only: ['turn'], sort: { turn: -1 }, tx });
  let turn = last?.turn ?? 0;
  const rows = pictures.map(({ about, ...picture }) => {
    turn = Math.max(picture.sentAt, turn + TURN_MS);
    return {
      ...picture,
      aboutKind: about.kind,
      aboutId: about.id,
      state: 'PENDING' as const,
      tries: 0,
      turn,
      dueAt: 0,
      leaseUntil: 0,
    };
  });
  await Pictures.addAll(rows, { tx });
}

export interface ClaimedPicture extends Picture {
  /** How often it was tried to get and check it, this time included. */
  readonly tries: number;
  /** How many checks of it have begun in a row and said nothing. */
  readonly begun: number;
}

/** Takes one picture to fetch and check: the oldest of whoever has had the fewest lately. */
export async function claimPicture(token: string, now: number, machine: number): Promise<ClaimedPicture | undefined> {
  const row = await Pictures.change(
    { state: 'PENDING', dueAt: { $lte: now }, leaseUntil: { $lte: machine } },
    { set: { token, leaseUntil: machine + CHECK_LEASE_MS, waitsForBudget: null, hurried: null }, inc: { tries: 1 } },
    { sort: { turn: 1 } },
  );
  if (row?.downloadCode === undefined) return undefined;
  return { ...toPicture(row), downloadCode: row.downloadCode, tries: row.tries, begun: row.begun ?? 0 };
}

/**
 * Notes that the check of a picture begins now, before anything of it can end the process, and renews its lease. Answers whether it is
 * still this worker's to check.
 */
export async function pictureCheckBegins(pictureId: string, token: string, machine: number): Promise<boolean> {
  const { matchedCount } = await Pictures.update(
    { pictureId, token, state: 'PENDING' },
    { set: { leaseUntil: machine + CHECK_LEASE_MS }, inc: { begun: 1 } },
  );
  return matchedCount > 0;
}

/** Notes what the check found; the lane applies it in its turn. */
export async function pictureChecked(pictureId: string, token: string, verdict: unknown): Promise<void> {
  await Pictures.update(
    { pictureId, token, state: 'PENDING' },
    { set: { state: 'CHECKED', verdict, downloadCode: null } },
  );
}

/** Answers a picture with `verdict`, and keeps it aside: nobody but an operator has it checked again. */
export async function keepPictureAside(
  pictureId: string,
  token: string,
  { verdict, now }: { verdict: unknown; now: number },
): Promise<void> {
  await Pictures.update({ pictureId, token, state: 'PENDING' }, { set: { state: 'CHECKED', verdict, asideAt: now } });
}

const KEPT_ASIDE = { asideAt: { $exists: true } } as const;

/** A picture that is kept aside. */
export interface PictureAside extends Pick<Picture, 'pictureId' | 'userId' | 'isoId' | 'about' | 'sentAt'> {
  /** Since when, milliseconds. */
  readonly asideAt: number;
}

/** What is kept aside, the oldest first. */
export async function picturesAside(): Promise<readonly PictureAside[]> {
  const rows = await Pictures.find(KEPT_ASIDE, { sort: { asideAt: 1 } });
  return rows.map((row) => ({ ...toPicture(row), asideAt: row.asideAt ?? 0 }));
}

export async function countPicturesAside(): Promise<number> {
  return await Pictures.count(KEPT_ASIDE);
}

/** Has a picture that is kept aside checked once more, as if it had just come; answers whether there was one. */
export async function checkAgain(pictureId: string): Promise<boolean> {
  const anew = {
    state: 'PENDING',
    tries: 0,
    dueAt: 0,
    leaseUntil: 0,
    begun: null,
    asideAt: null,
    verdict: null,
  } as const;
  const { matchedCount } = await Pictures.update({ pictureId, ...KEPT_ASIDE }, { set: anew });
  return matchedCount > 0;
}

/** Forgets how a picture that is kept aside could be had; answers whether there was one. */
export async function dropPictureAside(pictureId: string): Promise<boolean> {
  const { matchedCount } = await Pictures.update(
    { pictureId, ...KEPT_ASIDE },
    { set: { asideAt: null, downloadCode: null } },
  );
  return matchedCount > 0;
}

/** When it is tried again. */
interface Again {
  /** By `clock.now()`. */
  readonly dueAt: number;
  readonly counts: boolean;
  /** How many checks said nothing so far, where the last one did not count. */
  readonly begun?: number | undefined;
  /** Nothing is left of the month: nobody waits for it until there is. */
  readonly waitsForBudget?: true | undefined;
}

/** Tries it again then; `now`, where whoever sent it was there since it was claimed. */
export async function retryPicture(
  pictureId: string,
  token: string,
  { now, counts, ...again }: Again & { readonly now: number },
): Promise<void> {
  const mine = { pictureId, token, state: 'PENDING' } as const;
  const set = { ...again, leaseUntil: 0 };
  const inc = { tries: counts ? undefined : -1 };
  const waits = await Pictures.update({ ...mine, hurried: { $exists: false } }, { set, inc });
  if (waits.matchedCount === 0) await Pictures.update(mine, { set: { ...set, dueAt: now }, inc });
}

/** Pictures can be fetched again: those that wait are due. */
export async function liftPictures(now: number): Promise<void> {
  await Pictures.updateAll({ state: 'PENDING', dueAt: { $gt: now } }, { set: { dueAt: now } });
}

/** This machine's clock was set back: no picture is held by who checks it for longer than from now on. */
export async function shortenChecks(machine: number): Promise<void> {
  const leaseUntil = machine + CHECK_LEASE_MS;
  await Pictures.updateAll({ state: 'PENDING', leaseUntil: { $gt: leaseUntil } }, { min: { leaseUntil } });
}

/** A person is there: their pictures that wait are due, and those in hand should that fail. Answers whether there are some. */
export async function hurryPictures(
  userId: string,
  { now, machine }: { now: number; machine: number },
): Promise<boolean> {
  const theirs = { userId, state: 'PENDING' } as const;
  const updates = [
    { filter: { ...theirs, leaseUntil: { $gt: machine } }, change: { set: { hurried: true } } },
    { filter: { ...theirs, dueAt: { $gt: now } }, change: { set: { dueAt: now } } },
  ] as const;
  return (await Pictures.updateEach(updates, { all: true })).matchedCount > 0;
}

/** Whether pictures of anybody wait that `hurryPictures` would make due. */
export async function doPicturesWait(now: number): Promise<boolean> {
  return (await Pictures.findOne({ state: 'PENDING', dueAt: { $gt: now } }, { only: ['seq'] })) !== undefined;
}

/** Whether a person has checked pictures that are not applied, whether or not one of them can be. */
export async function hasChecked(userId: string): Promise<boolean> {
  return (await Pictures.findOne({ userId, state: 'CHECKED' }, { only: ['pictureId'] })) !== undefined;
}

/** The next verdict to apply for a person: checked, and nothing before it that is for the same thing is still open. */
export async function nextVerdict<V>(
  userId: string,
  tx: Transaction,
): Promise<{ picture: Omit<Picture, 'downloadCode'>; verdict: V } | undefined> {
  for (let after = ''; ; ) {
    const checked = { userId, state: 'CHECKED', aboutId: { $gt: after } } as const;
    const first = await Pictures.findOne(checked, { sort: { aboutId: 1, seq: 1 }, tx });
    if (first === undefined) return undefined;
    const { aboutId, seq, verdict } = first;
    const before = { aboutId, state: 'PENDING', seq: { $lt: seq } } as const;
    const isNext = (await Pictures.findOne(before, { only: ['seq'], tx })) === undefined;
    // whoever wrote the verdict knows what it is
    if (isNext && verdict !== undefined) return { picture: toPicture(first), verdict: verdict as V };
    after = aboutId;
  }
}

export async function pictureApplied(pictureId: string, tx: Transaction): Promise<void> {
  await Pictures.update({ pictureId }, { set: { state: 'APPLIED', verdict: null, token: null } }, { tx });
}

/** Frees the claims; see `freeLanes`. */
export async function freePictures(process?: string): Promise<void> {
  const held = { state: 'PENDING', leaseUntil: { $gt: 0 }, token: heldBy(process) } as const;
  await Pictures.updateAll(held, { set: { leaseUntil: 0 } });
}

/** Frees claims that ended without a word of this process, which has lived on: neither the try nor a check that had begun counts. */
export async function freePicturesOf(tokens: readonly string[]): Promise<void> {
  const held = { state: 'PENDING', leaseUntil: { $gt: 0 }, token: { $in: tokens } } as const;
  await Pictures.updateAll(held, { set: { leaseUntil: 0, begun: null }, inc: { tries: -1 } });
}

/** How many pictures for this are still on their way. */
export async function picturesUnderWay({ id }: Subject, tx?: Reads): Promise<number> {
  return await Pictures.count({ aboutId: id, state: { $in: ['PENDING', 'CHECKED'] } }, { tx });
}

/** The pictures that are to be checked, or the first of many; see `dueSends`. */
export async function duePictures(now: number, machine: number): Promise<Due> {
  const due = { state: 'PENDING', dueAt: { $lte: now } } as const;
  const later = { state: 'PENDING', dueAt: { $gt: now } } as const;
  const [rows, next] = await Promise.all([
    Pictures.find(due, { only: ['leaseUntil'], limit: MOST_AT_A_LOOK }),
    Pictures.findOne(later, { only: ['dueAt'], sort: { dueAt: 1 } }),
  ]);
  return { ...claimable(rows, machine), nextAt: next?.dueAt };
}

/** The lanes that have verdicts to apply, and how many pictures are still to be checked that do not wait for a share of the month. */
export async function picturesLeft(): Promise<{ lanes: readonly string[]; pending: number }> {
  const [lanes, rows] = await Promise.all([
    Pictures.distinct('userId', { state: 'CHECKED' }),
    Pictures.find({ state: 'PENDING' }, { only: ['waitsForBudget'], sort: { turn: 1 }, limit: MOST_AT_A_LOOK }),
  ]);
  return { lanes, pending: rows.filter(({ waitsForBudget }) => waitsForBudget === undefined).length };
}

/** Whether any picture is on its way, whoever's and for whatever. */
export async function anyPictureUnderWay(tx?: Reads): Promise<boolean> {
  const open = { state: { $in: ['PENDING', 'CHECKED'] as const } };
  return (await Pictures.findOne(open, { only: ['pictureId'], tx })) !== undefined;
}

/** Forgets pictures that were applied and sent before this, at most some, but none that is kept aside; answers how many. */
export async function forgetApplied(before: number, most: number): Promise<number> {
  const applied = { state: 'APPLIED', sentAt: { $lt: before }, asideAt: { $exists: false } } as const;
  const rows = await Pictures.find(applied, { only: ['pictureId'], limit: most });
  return await Pictures.removeAll({ pictureId: { $in: rows.map(({ pictureId }) => pictureId) }, state: 'APPLIED' });
}

function toPicture(row: RecordOf<typeof Pictures>): Omit<Picture, 'downloadCode'> {
  const { pictureId, userId, aboutKind, aboutId, isoId, seq, sentAt } = row;
  return { pictureId, userId, about: { kind: aboutKind, id: aboutId }, isoId, seq, sentAt };
}
