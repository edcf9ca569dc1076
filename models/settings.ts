import { AppError } from '@field/kit/errors';
import { INVITATIONS_A_DAY } from '../src/domain/association-state.ts';
import type { Amounts } from '../src/domain/limits.ts';
import { collection } from './collection.ts';
import { value } from './fields.ts';
import type { Reads } from './single-write.ts';
import type { Transaction } from './transaction.ts';

const Settings = collection('settings', { id: 'name', fields: { value: value<unknown>().optional() } });

/** How far the demo's clock was moved ahead of the machine's, in milliseconds. */
export async function readClockOffset(): Promise<number> {
  const row = await Settings.get('clockOffsetMs');
  return typeof row?.value === 'number' ? row.value : 0;
}

export async function writeClockOffset(offsetMs: number): Promise<void> {
  await Settings.update({ name: 'clockOffsetMs' }, { set: { value: offsetMs } }, { upsert: true });
}

/** Where phones reach the bot's web, without a slash at the end; undefined while they do not. */
export async function readWebAddress(): Promise<string | undefined> {
  const row = await Settings.get('webAddress');
  return typeof row?.value === 'string' ? row.value : undefined;
}

export async function writeWebAddress(address: string | undefined): Promise<void> {
  await Settings.update({ name: 'webAddress' }, { set: { value: address ?? null } }, { upsert: true });
}

/** The organisation in which the bot is, as DingTalk names it; undefined until somebody has written. */
export async function readCorpId(): Promise<string | undefined> {
  const row = await Settings.get('corpId');
  return typeof row?.value === 'string' ? row.value : undefined;
}

export async function writeCorpId(corpId: string): Promise<void> {
  await Settings.update({ name: 'corpId' }, { set: { value: corpId } }, { upsert: true });
}

/** What the operator decided for this installation, as far as cards say something about it. */
export interface Installation {
  /** What DingTalk allows the organisation in a month. */
  readonly limits: Amounts;
  /** Where the programme's days begin (domain A.12-18). */
  readonly programmeTimeZone: string;
  /** How many invitations an ISO may send in a day. */
  readonly invitationsADay: number;
}

/** Written at each start; a process of the release before writes no number of invitations. Errors: `bot.neverStarted`. */
export async function readInstallation(tx?: Reads): Promise<Installation> {
  const row = await Settings.get('installation', { tx });
  if (row === undefined) {
    const say = 'The bot has never started on this data, so its limits are not known. Start it once.';
    throw new AppError('bot.neverStarted', { say });
  }
  const stored = row.value as Installation & { readonly invitationsADay?: number };
  return { ...stored, invitationsADay: stored.invitationsADay ?? INVITATIONS_A_DAY };
}

/** Answers whether it is the first: nothing was here before. */
export async function writeInstallation(installation: Installation): Promise<boolean> {
  const { limits, programmeTimeZone, invitationsADay } = installation;
  const set = { value: { limits, programmeTimeZone, invitationsADay } satisfies Installation };
  return (await Settings.update({ name: 'installation' }, { set }, { upsert: true })).upsertedCount === 1;
}

/** Which card template is used, and what the file of it was when that was said first: a published one cannot be changed. */
export interface TemplateNote {
  readonly id: string;
  /** By which the text of it is told from another one. */
  readonly hash: string;
}

export async function readTemplateNote(): Promise<TemplateNote | undefined> {
  const row = await Settings.get('cardTemplate');
  return row && (row.value as TemplateNote);
}

/** Notes a template that is another one than before. */
export async function noteTemplate({ id, hash }: TemplateNote): Promise<void> {
  if ((await readTemplateNote())?.id === id) return;
  const set = { value: { id, hash } satisfies TemplateNote };
  await Settings.update({ name: 'cardTemplate' }, { set }, { upsert: true });
}

/** Which version of the programme is worked by. */
export interface ProgrammeHead {
  readonly version: number;
  /** When it was made so, milliseconds. */
  readonly changedAt: number;
}

/** Undefined until a programme is applied for the first time. */
export async function readProgrammeHead(tx?: Reads): Promise<ProgrammeHead | undefined> {
  const row = await Settings.get('programme', { tx });
  return row && (row.value as ProgrammeHead);
}

/** In the transaction that adds the version. */
export async function writeProgrammeHead({ version, changedAt }: ProgrammeHead, tx: Transaction): Promise<void> {
  const set = { value: { version, changedAt } satisfies ProgrammeHead };
  await Settings.update({ name: 'programme' }, { set }, { upsert: true, tx });
}

/** Writes a row to see whether one is taken. */
export async function writeProbe(at: number): Promise<void> {
  await Settings.update({ name: 'probe' }, { set: { value: at } }, { upsert: true });
}
