import { rm } from 'node:fs/promises';
import { dayAfter, instantOf } from '@field/kit/calendar';
import { AppError } from '@field/kit/errors';
import { translator } from '../../cards/text.ts';
import { addAudit } from '../../models/audit.ts';
import { closedMonths } from '../../models/fee-months.ts';
import { currentProgramme } from '../../models/programme-in-use.ts';
import { readCorpId, readWebAddress } from '../../models/settings.ts';
import { inTransaction } from '../../models/transaction.ts';
import { NEVER } from '../domain/export-state.ts';
import { DEFAULT_LANGUAGE, isLanguage, type Language } from '../domain/languages.ts';
import type { ListName } from '../domain/list-names.ts';
import { photosAddress } from '../domain/photos-address.ts';
import { LISTS } from '../exports/lists.ts';
import { type Format, writeTable } from '../exports/write-table.ts';
import { wordsByPlace } from '../programme/word-texts.ts';
import type { Operator } from './command.ts';
import { isoWith } from './isos.ts';

export interface AskedList {
  readonly list: ListName;
  readonly email: string;
  /** `YYYYMMDD`, by the ISO's calendar. */
  readonly from?: string | undefined;
  /** The last day, `YYYYMMDD`. */
  readonly until?: string | undefined;
  readonly format: Format;
  readonly to?: string | undefined;
  readonly language?: Language | undefined;
  readonly personal: boolean;
}

export interface Exported {
  readonly file: string;
  readonly rows: number;
  /** The last month of fees, `2026-05`, that is closed since they were taken away. */
  readonly closed?: string | undefined;
}

/**
 * Writes a list into a new file, and notes in the audit who took what. What breaks off leaves no file. Errors: `iso.unknown`,
 * `export.cannot` where the file is there, or cannot be written.
 */
export async function exportedList(asked: AskedList, { onStore, now, ids }: Operator): Promise<Exported> {
  const {
    list,
    from,
    until,
    format,
    personal,
    to: file = `${[list, from, until].filter(Boolean).join('-')}.${format}`,
  } = asked;
  return await onStore(async () => {
    const { isoId, timeZone, language } = await isoWith(asked.email);
    const spoken = asked.language ?? (isLanguage(language) ? language : DEFAULT_LANGUAGE);
    const t = translator(spoken, wordsByPlace(currentProgramme().programme));
    const time = {
      from: from === undefined ? 0 : instantOf(from, 0, timeZone),
      to: until === undefined ? NEVER : instantOf(dayAfter(until), 0, timeZone),
    };
    const photosAt = photosAddress(await readWebAddress(), await readCorpId());
    const cause = ids.next();
    const before = await closedMonths([isoId]);
    const doing = { by: 'operator', cause };
    const table = LISTS[list]({ isoId, ...time, now: now(), ...doing, personal }, { t, timeZone, photosAt });
    const rows = await writeTable(table, format, file, timeZone).catch(async (thrown: unknown) => {
      throw await cannotWrite(thrown, file);
    });
    const details = { list, rows, format, personal: personal ? 'yes' : 'no' };
    const entry = { at: now(), ...doing, isoId, what: 'export.make', details } as const;
    await inTransaction((tx) => addAudit([{ ...entry, subject: { kind: 'iso', id: isoId } }], tx));
    const closed = (await closedMonths([isoId])).get(isoId);
    return { file, rows, closed: closed === before.get(isoId) ? undefined : writtenMonth(closed) };
  });
}

function writtenMonth(month = ''): string {
  return `${month.slice(0, 4)}-${month.slice(4)}`;
}

/** What the system did not write is no file; one that was there before stays. */
async function cannotWrite(thrown: unknown, file: string): Promise<unknown> {
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
  if (code === 'EEXIST')
    return new AppError('export.cannot', { say: `${file} is there already: name another with --to.` });
  await rm(file, { force: true });
  if (!/^E[A-Z]+$/.test(code)) return thrown;
  return new AppError('export.cannot', { say: `${file} cannot be written (${code}).` }, { cause: thrown });
}
