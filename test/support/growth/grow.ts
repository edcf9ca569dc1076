import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { systemIds } from '@field/kit/ids';
import { createLog } from '@field/kit/log';
import mongoose from 'mongoose';
import { markApplied, recordUpdate } from '../../../models/inbox.ts';
import { addIso } from '../../../models/isos.ts';
import { addUsage } from '../../../models/monthly-usage.ts';
import { changePerson, meetPerson } from '../../../models/people.ts';
import { pictureApplied, reservePictures } from '../../../models/pictures.ts';
import { inTransaction } from '../../../models/transaction.ts';
import type { Config } from '../../../src/config/config.ts';
import { filePhotoStore } from '../../../src/media/file-photo-store.ts';
import { DingTalkTime } from '../../../src/platform/dingtalk-time.ts';
import { createHeldProgrammes } from '../../../src/programme-in-use/held-programmes.ts';
import { createDailyWork } from '../../../src/wiring/daily-work.ts';
import { createInFlight } from '../../../src/work/in-flight.ts';
import { StillClock } from '../still-clock.ts';
import { toldNobody } from '../told-nobody.ts';
import { FieldWork } from './field-work.ts';

const DAY_MS = 24 * 3_600_000;
/** The middle of a working day in the programme's time zone; the job of the night comes after it. */
const NOON = Date.UTC(2026, 10, 24, 4);

export interface GrowthPlan {
  readonly months: number;
  /** Promotions of one shop with one spot, each working day. */
  readonly promotionsADay: number;
  /** Of each of the three photos that are handed over. */
  readonly photoBytes: number;
  /** From one working day to the next; more than one makes a year of fewer days. */
  readonly stepDays: number;
}

/** What lies there at the end of a month. */
export interface Growth {
  readonly month: number;
  /** Rows by collection, and files by the folder below the data folder. */
  readonly counts: Readonly<Record<string, number>>;
  /** Bytes by folder, and of the store's file. */
  readonly bytes: Readonly<Record<string, number>>;
  readonly files: readonly string[];
}

/** What a promotion leaves behind besides its own rows: messages, redrawn cards, pictures; as counted on the sandbox. */
const PER_PROMOTION = { messages: 10, foldedCards: 4, audit: 4 } as const;

/** Months of work in the field, by the bot's own daily work on a connected store; what is landed comes a day later, the fee a month later. */
export async function* grow(config: Config, plan: GrowthPlan): AsyncGenerator<Growth> {
  const photos = filePhotoStore(config.dataDir);
  const clock = new StillClock(NOON);
  const work = new FieldWork(photos, plan.photoBytes);
  const inFlight = createInFlight();
  const log = createLog({ level: 'error' });
  const dingTalkTime = new DingTalkTime(clock);
  const own = { process: 'this', clock, dingTalkTime, ids: systemIds, random: () => 0.5 };
  const programmes = createHeldProgrammes(log);
  const services = { ...own, config, log, inFlight, programmes, ...toldNobody() };
  const nothing = (): void => undefined;
  const daily = createDailyWork(services, { photos, wake: nothing, wakeLane: nothing, hasTodoPage: () => false });
  const rested = async (): Promise<void> => {
    while (inFlight.left().length > 0) await inFlight.changed(inFlight.changes(), 1_000);
  };
  await inTransaction(async (tx) => {
    const place = { country: 'TH', timeZone: 'Asia/Bangkok', language: 'en' };
    await addIso({ isoId: 'iso', email: 'iso@iso.example', name: 'ISO', joinToken: 'iso', ...place }, tx);
    await meetPerson('nok', 'Nok', tx);
    await changePerson('nok', { state: 'ACTIVE', isoId: 'iso', language: 'en' }, tx);
  });

  const byDay: string[][] = [];
  for (let day = 0, month = 1; month <= plan.months; day += 1) {
    work.now = clock.now();
    const before = work.shops.length;
    for (let n = 0; n < plan.promotionsADay; n += 1) await promotes(work, day * plan.promotionsADay + n);
    byDay.push(work.shops.slice(before));
    daily.wakeHandOver();
    await rested();
    land(config.dataDir, work.now, reviewOf(byDay[day - 1] ?? [], day, work.now));
    const monthAgo = byDay[day - Math.ceil(30 / plan.stepDays)] ?? [];
    land(config.dataDir, work.now, settlementOf(monthAgo, work.now));
    await daily.jobs.runDue();
    await rested();
    await work.allCome();
    // night
    clock.moveTo(clock.now() + plan.stepDays * DAY_MS);
    await daily.jobs.runDue();
    await rested();
    if (clock.now() < NOON + month * 30 * DAY_MS) continue;
    yield { month, ...(await whatLies(config.dataDir)) };
    month += 1;
  }
  await daily.close();
}

async function promotes(work: FieldWork, n: number): Promise<void> {
  const draftId = await work.begins();
  const about = { kind: 'draft', id: draftId } as const;
  const person = { kind: 'person', id: 'nok' } as const;
  const pictures = ['a', 'b', 'c', 'd'].map((place, seq) => ({
    pictureId: `${draftId}#${place}`,
    userId: 'nok',
    about,
    isoId: 'iso',
    seq,
    sentAt: work.now,
    downloadCode: 'code',
  }));
  await inTransaction(async (tx) => {
    await reservePictures(pictures, tx);
    for (const { pictureId } of pictures) await pictureApplied(pictureId, tx);
  });
  const messages = Array.from({ length: PER_PROMOTION.messages }, (_, m) => `${draftId}-${m}`);
  for (const id of messages) {
    const conversation = { kind: 'direct', id: 'chat' } as const;
    const message = { kind: 'message', id, at: work.now, from: { userId: 'nok' }, conversation } as const;
    await recordUpdate({ ...message, content: { text: 'yes', pictures: [] } }, 'nok', work.now);
  }
  await inTransaction(async (tx) => {
    for (const id of messages) await markApplied(id, tx);
  });
  for (let c = 0; c < PER_PROMOTION.foldedCards; c += 1) {
    const card = await work.shows(person, 'record');
    await work.comes(card);
    await work.folds(card);
  }
  await addUsage(work.now, { pushes: 16, calls: 24 });
  // one in twenty is never submitted, one is given up
  if (n % 20 === 7) return;
  if (n % 20 === 13) return await work.discards(draftId);
  await work.submits(draftId);
  await work.comes(await work.shows(person, 'record'));
}

function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

interface Landing {
  readonly kind: 'review' | 'settlement';
  readonly header: string;
  readonly rows: readonly string[];
}

/** Every eighth spot fails, and nobody puts it right. */
function reviewOf(shops: readonly string[], day: number, now: number): Landing {
  const decidedAt = new Date(now - DAY_MS / 2).toISOString();
  const rows = shops.flatMap((shop, n) =>
    [shop, `${shop}-1`].map((itemRef) => {
      const failed = itemRef !== shop && (day + n) % 8 === 0;
      const type = itemRef === shop ? 'STORE' : 'SPOT';
      const said = failed ? 'REJECTED,SPOT_PHOTO_BLURRY' : 'APPROVED,';
      return `${itemRef}@1,${dayOf(now - DAY_MS)},iso,${type},${itemRef},1,${said},${decidedAt}`;
    }),
  );
  const header = 'sourceRowKey,dataDate,isoId,itemType,itemRef,submissionRevision,decision,reasonCodes,decidedAt';
  return { kind: 'review', header, rows };
}

function settlementOf(shops: readonly string[], now: number): Landing {
  const rows = shops.map((shop) => `${shop}-fee,${dayOf(now - DAY_MS)},iso,${shop}-1,DEPLOYMENT,CONFIRMED`);
  return { kind: 'settlement', header: 'sourceRowKey,dataDate,isoId,spotRef,fee,state', rows };
}

function land(dataDir: string, now: number, { kind, header, rows }: Landing): void {
  if (rows.length === 0) return;
  const folder = join(dataDir, 'incoming');
  mkdirSync(folder, { recursive: true });
  const name = `${kind}_${dayOf(now - DAY_MS).replaceAll('-', '')}_001.csv`;
  writeFileSync(join(folder, name), `${[header, ...rows].join('\r\n')}\r\n`);
}

async function whatLies(dataDir: string): Promise<Omit<Growth, 'month'>> {
  const counts: Record<string, number> = {};
  const bytes: Record<string, number> = {};
  for (const { collection } of Object.values(mongoose.models)) {
    const rows = await mongoose.connection.collection(collection.name).countDocuments({});
    if (rows > 0) counts[collection.name] = rows;
  }
  const files = readdirSync(dataDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(dataDir, join(entry.parentPath, entry.name)));
  for (const file of files) {
    const folder = file.startsWith('photos/') ? 'photos/' : file.replace(/[^/]*$/, '') || file;
    const { size } = statSync(join(dataDir, file));
    counts[folder] = (counts[folder] ?? 0) + 1;
    bytes[folder] = (bytes[folder] ?? 0) + size;
  }
  return { counts, bytes, files };
}
