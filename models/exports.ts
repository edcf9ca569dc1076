import { EXPORT_MOVES, EXPORTS_OPEN, type ExportPeriod, type ExportState } from '../src/domain/export-state.ts';
import type { Language } from '../src/domain/languages.ts';
import type { ListName } from '../src/domain/list-names.ts';
import type { FirstOf } from '../src/domain/moves.ts';
import { checkMove } from './check-move.ts';
import { collection, type RecordOf } from './collection.ts';
import { number, text, value } from './fields.ts';
import type { Changes } from './queries.ts';
import type { Reads } from './single-write.ts';
import { mustHaveMatched, type Transaction } from './transaction.ts';

/** A file that is uploaded: what DingTalk calls it, and what it is called in the chat. */
export interface UploadedFile {
  readonly mediaId: string;
  readonly fileName: string;
}

const Exports = collection('exports', {
  id: 'exportId',
  fields: {
    isoId: text(),
    version: number(),
    userId: text(),
    list: text<ListName>(),
    period: text<ExportPeriod>(),
    /** Of whoever asked, when they asked. */
    language: text<Language>(),
    askedAt: number(),
    state: text<ExportState>(),
    /** Once it is made: how many rows, its files, and how many of these were sent. */
    rows: number().optional(),
    files: value<readonly UploadedFile[]>().optional(),
    sent: number().optional(),
  },
  indexes: [[{ userId: 1, askedAt: -1 }], [{ askedAt: 1, exportId: 1 }]],
});

/** A list as a file, from being asked for to its arrival. */
export interface Export extends RecordOf<typeof Exports> {}

export async function addExport(
  asked: Pick<Export, 'exportId' | 'isoId' | 'userId' | 'list' | 'period' | 'language' | 'askedAt'>,
  tx: Transaction,
): Promise<void> {
  const state: FirstOf<typeof EXPORT_MOVES> = 'ASKED';
  await Exports.addWithOthers([{ ...asked, state, version: 1 }], tx, 'subject.lostRace');
}

export async function findExport(exportId: string, tx?: Reads): Promise<Export | undefined> {
  return await Exports.get(exportId, { tx });
}

/** What a person asked for last, since then, while it is on its way: what never gets on keeps nobody from asking anew. */
export async function openExportOf(userId: string, since: number, tx: Transaction): Promise<Export | undefined> {
  const [last] = await Exports.find({ userId, askedAt: { $gte: since } }, { sort: { askedAt: -1 }, limit: 1, tx });
  return last !== undefined && EXPORTS_OPEN.includes(last.state) ? last : undefined;
}

/** Compare-and-set on the version at which it was read: `subject.lostRace`. */
export async function moveExport(
  { exportId, version, state }: Export,
  to: Changes<Pick<Export, 'rows' | 'files' | 'sent'>> & Pick<Export, 'state'>,
  tx: Transaction,
): Promise<Export> {
  checkMove(EXPORT_MOVES, { what: 'export', id: exportId, from: state, to: to.state });
  return mustHaveMatched(await Exports.change({ exportId, version }, { set: to, inc: { version: 1 } }, { tx }));
}

/** Those that were asked for before this, in the order of that. */
export async function pastExports(
  before: number,
  page: { readonly skip: number; readonly limit: number },
): Promise<readonly string[]> {
  const past = await Exports.find(
    { askedAt: { $lt: before } },
    { only: ['exportId'], sort: { askedAt: 1, exportId: 1 }, ...page },
  );
  return past.map(({ exportId }) => exportId);
}

export async function forgetExports(exportIds: readonly string[]): Promise<number> {
  return await Exports.removeAll({ exportId: { $in: exportIds } });
}
