import type { AgreedOrder, OrderOfWork } from '../src/domain/order-of-work.ts';
import type { FeesShown, PayRate } from '../src/domain/pay-rates.ts';
import { collection, type RecordOf } from './collection.ts';
import { database } from './database.ts';
import { mark, number, sealedValue, text, value } from './fields.ts';
import type { Reads } from './single-write.ts';
import type { Transaction } from './transaction.ts';

/** For the files of `models` only. */
export const Isos = collection('isos', {
  id: 'isoId',
  fields: {
    /** The e-mail it uses for the Alipay Global Merchant Portal, lower case. */
    email: text(),
    name: text(),
    /** ISO 3166-1 alpha-2; where its shops are unless a form says otherwise. */
    country: text(),
    timeZone: text(),
    language: text(),
    /** The unguessable part of the address that its QR code opens. */
    joinToken: text(),
    /** Its people may choose photos from the gallery on the page beside the chat; else the camera alone. */
    gallery: mark(),
    /** Its people have a to-do in DingTalk of what failed. */
    todos: mark(),
    /** In which order its people work; absent: the plain one. */
    order: text<OrderOfWork>().optional(),
    /** What was agreed of that, the last one last. */
    ordersAgreed: sealedValue<readonly AgreedOrder[]>().optional(),
    /** As how many people it counts where the month's calls are shared; absent: as those who work for it. */
    share: number().optional(),
    /** How many sites it agreed on for a period of the programme's quota (policy P1); absent: none is kept. */
    sites: number().optional(),
    /** What its staff read of the fee for their work; absent: how many. */
    feesShown: text<FeesShown>().optional(),
    /** What it counts for each fee, by its own rates; those of months that are over stay. */
    payRates: value<readonly PayRate[]>().optional(),
  },
  own: {
    /** How many sites were ever held for it: the number of the last one. */
    sitesClaimed: number().optional(),
    /** Of which quota its admins were told last that it is nearly used: its period, and how many were agreed. */
    sitesTold: text().optional(),
    /** Since when requests stand on one list card for each admin, and what names that card. */
    waitingList: value<WaitingList>().optional(),
    /** How often one of its admins was to act no more. */
    adminsClaimed: number().optional(),
    /** How often invitations were asked for. */
    invitationsClaimed: number().optional(),
    /** When its admins were told last of invitations that nobody answers. */
    invitationsToldAt: number().optional(),
    /** Up to which time of asking its admins were reminded of those who wait, by the hours that these had waited then. */
    reminded: value<Reminded>().optional(),
  },
  indexes: [[{ email: 1 }, { unique: true }], [{ joinToken: 1 }]],
});

/** An Independent Sales Organisation: the firm that staff work for. Several share one DingTalk organisation, strictly apart. */
export interface Iso extends RecordOf<typeof Isos> {}

/** By hours, as text; `clock.now()`. */
export type Reminded = Readonly<Record<string, number>>;

export interface WaitingList {
  readonly id: string;
  readonly at: number;
}

/** The ISO of something, where that of whoever looks at it, which it nearly always is, was read with it. */
export async function isoFrom(own: Iso | undefined, isoId: string, tx?: Reads): Promise<Iso | undefined> {
  return own?.isoId === isoId ? own : await findIso(isoId, tx);
}

export async function findIso(isoId: string, tx?: Reads): Promise<Iso | undefined> {
  return await Isos.get(isoId, { tx });
}

/** By database and ISO: nothing changes the time zone of an ISO, so it is asked for once. */
const zones = new WeakMap<object, Map<string, string>>();

/** By which calendar an ISO works; Greenwich's where there is none. */
export async function timeZoneOf(isoId: string, tx: Reads): Promise<string> {
  const known = zones.get(database()) ?? new Map<string, string>();
  zones.set(database(), known);
  const timeZone = known.get(isoId) ?? (await Isos.get(isoId, { only: ['timeZone'], tx }))?.timeZone;
  if (timeZone !== undefined) known.set(isoId, timeZone);
  return timeZone ?? 'UTC';
}

/** `email` is compared in lower case. */
export async function findIsoByEmail(email: string, tx?: Reads): Promise<Iso | undefined> {
  return await Isos.findOne({ email: email.toLowerCase() }, { tx });
}

export async function findIsoByToken(joinToken: string, tx?: Reads): Promise<Iso | undefined> {
  return await Isos.findOne({ joinToken }, { tx });
}

export async function allIsos(tx?: Reads): Promise<readonly Iso[]> {
  return await Isos.find({}, { sort: { email: 1 }, tx });
}

export async function waitingListOf(isoId: string, tx: Transaction): Promise<WaitingList | undefined> {
  return (await Isos.get(isoId, { only: ['waitingList'], tx }))?.waitingList;
}

export async function beginWaitingList(isoId: string, list: WaitingList, tx: Transaction): Promise<void> {
  await Isos.updateWithOthers([{ filter: { isoId }, change: { set: { waitingList: list } } }], tx);
}

/**
 * Changes the ISO itself where one of its admins is to act no more: of two transactions that do so at once each reads the other's admin
 * as still there, and one of them must be too late.
 */
export async function claimAdmins(isoId: string, tx: Transaction): Promise<void> {
  await Isos.updateWithOthers([{ filter: { isoId }, change: { inc: { adminsClaimed: 1 } } }], tx);
}

/** Changes the ISO itself where invitations are asked for: of two transactions that count those of a day at once one must be too late. */
export async function claimInvitations(isoId: string, tx: Transaction): Promise<void> {
  await Isos.updateWithOthers([{ filter: { isoId }, change: { inc: { invitationsClaimed: 1 } } }], tx);
}

/** When its admins were told last of invitations that nobody answers, `clock.now()`; 0 for never. */
export async function invitationsToldAt(isoId: string): Promise<number> {
  return (await Isos.get(isoId, { only: ['invitationsToldAt'] }))?.invitationsToldAt ?? 0;
}

export async function noteInvitationsTold(isoId: string, at: number, tx: Transaction): Promise<void> {
  await Isos.updateWithOthers([{ filter: { isoId }, change: { set: { invitationsToldAt: at } } }], tx);
}

export async function remindedOf(isoId: string, tx?: Reads): Promise<Reminded> {
  return (await Isos.get(isoId, { only: ['reminded'], tx }))?.reminded ?? {};
}

export async function noteReminded(isoId: string, reminded: Reminded, tx: Transaction): Promise<void> {
  await Isos.updateWithOthers([{ filter: { isoId }, change: { set: { reminded } } }], tx);
}

/** From now on its QR code leads elsewhere: what hangs on a wall leads to no ISO any more. */
export async function renewJoinToken(isoId: string, joinToken: string, tx: Transaction): Promise<void> {
  await Isos.updateWithOthers([{ filter: { isoId }, change: { set: { joinToken } } }], tx);
}

/** `undefined`: it counts as those who work for it. */
export async function changeShare(isoId: string, share: number | undefined, tx: Transaction): Promise<void> {
  await Isos.updateWithOthers([{ filter: { isoId }, change: { set: { share: share ?? null } } }], tx);
}

/** `undefined`: no quota of sites is kept for it. */
export async function changeSites(isoId: string, sites: number | undefined, tx: Transaction): Promise<void> {
  await Isos.updateWithOthers([{ filter: { isoId }, change: { set: { sites: sites ?? null } } }], tx);
}

/** Whether the page beside the chat offers the gallery to its people, from now on. */
export async function changeGallery(isoId: string, gallery: boolean, tx: Transaction): Promise<void> {
  await Isos.updateWithOthers([{ filter: { isoId }, change: { set: { gallery: gallery ? true : null } } }], tx);
}

/** Whether its people have a to-do in DingTalk of what failed, from now on. */
export async function changeTodos(isoId: string, todos: boolean, tx: Transaction): Promise<void> {
  await Isos.updateWithOthers([{ filter: { isoId }, change: { set: { todos: todos ? true : null } } }], tx);
}

export async function changeFeesShown(isoId: string, feesShown: FeesShown, tx: Transaction): Promise<void> {
  await Isos.updateWithOthers([{ filter: { isoId }, change: { set: { feesShown } } }], tx);
}

export async function changePayRates(isoId: string, payRates: readonly PayRate[], tx: Transaction): Promise<void> {
  await Isos.updateWithOthers([{ filter: { isoId }, change: { set: { payRates } } }], tx);
}

/**
 * The number of its next site. Changes the ISO itself: of two transactions that count its sites at once one must be too late.
 */
export async function claimSite(isoId: string, tx: Transaction): Promise<number> {
  const claimed = await Isos.change({ isoId }, { inc: { sitesClaimed: 1 } }, { tx, also: ['sitesClaimed'] });
  return claimed?.sitesClaimed ?? 1;
}

/** Notes that its admins hear of this quota that it is nearly used. Answers whether they had not. */
export async function noteSitesTold(isoId: string, sitesTold: string, tx: Transaction): Promise<boolean> {
  const news = { isoId, sitesTold: { $ne: sitesTold } } as const;
  return (await Isos.change(news, { set: { sitesTold } }, { tx })) !== undefined;
}

/** From now on its people work in this order; what was agreed before stays beside it. */
export async function changeOrder(
  { isoId, ordersAgreed = [] }: Iso,
  agreed: AgreedOrder,
  tx: Transaction,
): Promise<void> {
  const all = [...ordersAgreed, agreed].slice(-MOST_ORDERS);
  await Isos.updateWithOthers([{ filter: { isoId }, change: { set: { order: agreed.order, ordersAgreed: all } } }], tx);
}

const MOST_ORDERS = 50;

export async function addIso(iso: Iso, tx: Transaction): Promise<void> {
  await Isos.add({ ...iso, email: iso.email.toLowerCase() }, { tx });
}

export async function anyIso(): Promise<boolean> {
  return (await Isos.findOne({}, { only: ['isoId'] })) !== undefined;
}
