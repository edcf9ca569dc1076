import { bindCodes } from '../../models/bindings.ts';
import { forgetEverything } from '../../models/database.ts';
import { addIso } from '../../models/isos.ts';
import type { Item, ItemChange } from '../../models/item-rows.ts';
import { addItems, changeItem, findItem, posmRef, type SubmittedItem } from '../../models/items.ts';
import { changePerson, meetPerson } from '../../models/people.ts';
import { addPhoto } from '../../models/photos.ts';
import { addPromotion } from '../../models/promotions.ts';
import { addSpots } from '../../models/spots.ts';
import { addStore } from '../../models/stores.ts';
import { inTransaction, type Transaction } from '../../models/transaction.ts';
import { readTyped } from '../../src/domain/code.ts';
import type { Product } from '../../src/domain/flows/definition.ts';
import { storeKey } from '../../src/domain/store-key.ts';
import { MARKETING_CODE_FLOW } from './shipped-programme.ts';

export const NOW = Date.UTC(2026, 10, 24, 3);
export const DATA_DATE = '20261123';
export const DAY_MS = 86_400_000;
const YESTERDAY = Date.UTC(2026, 10, 23, 6);

/** Nothing in the store but an ISO of Bangkok. */
export async function onlyAnIso(): Promise<void> {
  await forgetEverything();
  const place = { country: 'TH', language: 'en', timeZone: 'Asia/Bangkok' };
  const iso = { isoId: 'iso', email: 'iso@iso.example', name: 'Iso', joinToken: 'token', ...place };
  await inTransaction((tx) => addIso(iso, tx));
}

/** A promoter who has joined. */
export async function hire(userId: string, isoId = 'iso'): Promise<void> {
  await inTransaction(async (tx) => {
    await meetPerson(userId, userId, tx);
    await changePerson(userId, { state: 'ACTIVE', isoId, language: 'en' }, tx);
  });
}

/** The code of a spot that `submitShop` makes, by what tells its shop apart: `[A-Z2-9]{2}`. */
export function serialOf(series: string, number: number): string {
  return `SHPCDEFGH${series}${'ZABCDE'[number]}`;
}

interface SubmittedShop {
  readonly spots: number;
  readonly product?: Product;
  /** Tells the codes of this shop from those of others. */
  readonly series?: string;
  /** When it was submitted; yesterday unless told. */
  readonly at?: number;
  readonly city?: string;
}

/** A store with doors as it was submitted yesterday: `<store>`, `<store>-1`, `<store>-1.posm`, … and everything behind them. */
export async function submitShop(
  staffId: string,
  storeId: string,
  { spots, product = 'PRIMARY_POSM', series = 'AA', at = YESTERDAY, city = 'Bangkok' }: SubmittedShop,
): Promise<void> {
  const shop = `Shop ${storeId}`;
  const where = { countryRegion: 'TH', nameLocal: shop, address: 'Silom Rd 12' };
  const numbers = Array.from({ length: spots }, (_, index) => index + 1);
  const owner = { isoId: 'iso', staffId, storeId };
  await inTransaction(async (tx) => {
    await addStore(
      {
        ...where,
        storeId,
        isoId: 'iso',
        createdBy: staffId,
        createdAt: at,
        city,
        revision: 1,
        acceptsOnlyAlipay: false,
        normalizedKey: storeKey(where),
        photos: [{ slot: 'storefront', photoId: `${storeId}-front`, at }],
        details: {
          managerName: 'Malee',
          more: {},
          merchant: {
            tradingName: shop,
            contactName: 'Malee',
            contactPhoneOrEmail: 'm@shop.example',
            more: {},
          },
        },
      },
      tx,
    );
    const promotionId = `${storeId}-promotion`;
    await addPromotion(
      {
        ...owner,
        promotionId,
        number: `P-${storeId}`,
        version: 1,
        product,
        storeName: shop,
        spotCount: spots,
        revision: 1,
        submittedAt: at,
      },
      tx,
    );
    await addSpots(
      numbers.map((number) => ({
        ...owner,
        spotId: `${storeId}-${number}`,
        promotionId,
        product,
        spotType: 'ENTRANCE_DOOR',
        number,
        posmForm: product === 'PRIMARY_POSM' ? 'POSTER' : undefined,
        quantity: 1,
        fixedSecurely: false,
        deployedAt: at,
        revision: 1,
        photos: ['context', 'closeup'].map((slot) => ({ slot, photoId: `${storeId}-${number}-${slot}`, at })),
      })),
      tx,
    );
    const photos = numbers.flatMap((number) => [`${storeId}-${number}-context`, `${storeId}-${number}-closeup`]);
    for (const photoId of [`${storeId}-front`, ...photos]) await photograph(photoId, staffId, at, tx);
    if (product === 'MARKETING_CODE') {
      for (const number of numbers)
        await stick({ storeId, spotId: `${storeId}-${number}`, at }, serialOf(series, number), tx);
    }
    await addItems(itemsOf({ staffId, storeId, shop, product, at }, numbers), tx);
  });
}

interface ShopOf {
  readonly staffId: string;
  readonly storeId: string;
  readonly shop: string;
  readonly product: Product;
  readonly at: number;
}

function itemsOf({ staffId, storeId, shop, product, at }: ShopOf, numbers: number[]): SubmittedItem[] {
  const common = { isoId: 'iso', staffId, storeId, shop, revision: 1, programme: 1, submittedAt: at };
  const none = { spotId: undefined, product: undefined, spotType: undefined, number: undefined };
  return [
    { ...common, ...none, itemRef: storeId, itemType: 'STORE' },
    ...numbers.flatMap((number): SubmittedItem[] => {
      const spotId = `${storeId}-${number}`;
      const spot = { ...common, spotId, product, spotType: 'ENTRANCE_DOOR', number };
      return [
        { ...spot, itemRef: spotId, itemType: 'SPOT' },
        { ...spot, itemRef: posmRef(spotId), itemType: 'POSM' },
      ];
    }),
  ];
}

async function photograph(photoId: string, userId: string, sentAt: number, tx: Transaction): Promise<void> {
  await addPhoto(
    {
      photoId,
      isoId: 'iso',
      userId,
      contentHash: hashOf(photoId),
      originalHash: hashOf(photoId),
      width: 1,
      height: 1,
      sentAt,
      about: { kind: 'draft', id: 'd' },
      found: { codes: [], weaknesses: [] },
    },
    tx,
  );
}

async function stick(
  { storeId, spotId, at }: { readonly storeId: string; readonly spotId: string; readonly at: number },
  codeId: string,
  tx: Transaction,
): Promise<void> {
  const read = readTyped(codeId, MARKETING_CODE_FLOW.codes);
  if (read.kind !== 'ours') throw new Error(`no code ${codeId}`);
  await bindCodes(
    [
      {
        bindingId: `${spotId}-binding`,
        code: read.code,
        isoId: 'iso',
        spotId,
        storeId,
        boundBy: 'nok',
        boundAt: at,
        method: 'PHOTO_DECODE',
        proofPhoto: `${spotId}-closeup`,
      },
    ],
    tx,
  );
}

/** 64 hexadecimal digits that a photo is known by. */
export function hashOf(photoId: string): string {
  return Buffer.from(photoId).toString('hex').padEnd(64, '0').slice(0, 64);
}

export async function itemOf(itemRef: string): Promise<Item> {
  const item = await findItem(itemRef);
  if (item === undefined) throw new Error(`no item ${itemRef}`);
  return item;
}

/** What a landed row makes of an item. */
export async function decide(
  itemRef: string,
  decision: 'APPROVED' | 'REJECTED' | 'INVALIDATED',
  change: ItemChange & { dataDate?: string; reasons?: readonly string[] } = {},
): Promise<void> {
  const item = await itemOf(itemRef);
  const { dataDate = DATA_DATE, reasons = ['SPOT_NOT_FIXED'], ...rest } = change;
  const judgement = {
    revision: item.revision,
    decision,
    reasonCodes: decision === 'APPROVED' ? [] : reasons,
    decidedAt: NOW,
    dataDate,
    text: undefined,
    language: undefined,
    sourceRowKey: `${itemRef}@${dataDate}`,
  };
  const deadline = decision === 'APPROVED' ? {} : { deadlineAt: NOW + 3 * DAY_MS };
  await inTransaction((tx) => changeItem(item, { state: decision, judgement, ...deadline, ...rest }, tx));
}
