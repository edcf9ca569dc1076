import { model, Schema } from 'mongoose';
import type { Amounts } from '../src/domain/limits.ts';
import { mustHaveMatched } from './transaction.ts';

interface SettingRow {
  _id: string;
  value: unknown;
}

const Settings = model<SettingRow>(
  'settings',
  new Schema<SettingRow>({ _id: String, value: Schema.Types.Mixed }, { versionKey: false }),
);

/** How far the demo's clock was moved ahead of the machine's, in milliseconds. */
export async function readClockOffset(): Promise<number> {
  const row = await Settings.findById('clockOffsetMs').lean();
  return typeof row?.value === 'number' ? row.value : 0;
}

export async function writeClockOffset(offsetMs: number): Promise<void> {
  await Settings.updateOne({ _id: 'clockOffsetMs' }, { $set: { value: offsetMs } }, { upsert: true });
}

/** Where phones reach the bot's web, without a slash at the end; undefined while they do not. */
export async function readWebAddress(): Promise<string | undefined> {
  const row = await Settings.findById('webAddress').lean();
  return typeof row?.value === 'string' ? row.value : undefined;
}

export async function writeWebAddress(address: string | undefined): Promise<void> {
  await Settings.updateOne({ _id: 'webAddress' }, { $set: { value: address ?? null } }, { upsert: true });
}

/** What the operator decided for this installation, as far as cards say something about it. */
export interface Installation {
  /** What DingTalk allows the organisation in a month. */
  readonly limits: Amounts;
  /** Where the programme's days begin (A.12-18). */
  readonly programmeTimeZone: string;
}

/** Written at each start. */
export async function readInstallation(): Promise<Installation> {
  const row = await Settings.findById('installation').lean();
  return mustHaveMatched(row).value as Installation;
}

export async function writeInstallation({ limits, programmeTimeZone }: Installation): Promise<void> {
  const value: Installation = { limits, programmeTimeZone };
  await Settings.updateOne({ _id: 'installation' }, { $set: { value } }, { upsert: true });
}
