import { dayOf } from '@field/kit/calendar';
import { derivedId } from '@field/kit/ids';
import { addExport, type Export, findExport, moveExport, openExportOf } from '../../models/exports.ts';
import { closedMonths } from '../../models/fee-months.ts';
import { findIso } from '../../models/isos.ts';
import type { TapContext } from '../../src/bot/context.ts';
import type { TapSubject } from '../../src/bot/tap-subject.ts';
import { OLD_CARD } from '../../src/delivery/render-cards.ts';
import { EXPORT_PERIODS, timeOf } from '../../src/domain/export-state.ts';
import { monthOfDay } from '../../src/domain/fee-lines.ts';
import { DEFAULT_LANGUAGE, isLanguage } from '../../src/domain/languages.ts';
import { LIST_NAMES } from '../../src/domain/list-names.ts';
import { forAdmins } from './for-admins.ts';

/** No list takes so long; one that is still being made then waits for DingTalk, or for whoever mends the bot. */
const ONE_AT_A_TIME_MS = 3_600_000;

/** `Lists as files`. */
export async function openLists(ctx: TapContext): Promise<void> {
  showLists(ctx);
}

/** A list comes into the chat of whoever asks for it; one at a time. */
export async function takeList(ctx: TapContext): Promise<void> {
  const { form } = ctx.update.params;
  const { userId, isoId, language: spoken = '' } = ctx.person;
  const language = isLanguage(spoken) ? spoken : DEFAULT_LANGUAGE;
  const list = LIST_NAMES.find((one) => one === form?.list);
  const period = EXPORT_PERIODS.find((one) => one === form?.time);
  if (isoId === undefined) return;
  if (list === undefined || period === undefined) return showLists(ctx);
  const open = await openExportOf(userId, ctx.now - ONE_AT_A_TIME_MS, ctx.tx);
  if (open !== undefined) {
    return ctx.show({ view: 'team.export', subject: subjectOf(open), line: { key: 'export.oneAtATime' } });
  }
  const exportId = ctx.ids.next();
  await addExport({ exportId, isoId, userId, list, period, language, askedAt: ctx.now }, ctx.tx);
  ctx.enqueue({ kind: 'file', id: exportId, intent: derivedId('file', exportId) });
  ctx.show({ view: 'team.export', subject: subjectOf({ exportId }) });
}

/** What this admin asked for, and of which nobody knows whether it arrived. */
export const OWN_EXPORT: TapSubject<Export> = {
  async load({ update, tx }) {
    const { export: exportId } = update.params.extra;
    return exportId === undefined ? undefined : await findExport(exportId, tx);
  },
  mayUse: ({ userId, isoId }, asked) => asked.userId === userId && asked.isoId === isoId,
  isOpen: (_ctx, { state }) => state === 'UNSURE',
  refuse: () => undefined,
};

/** `Send again`: from the file on of which it is not known. */
export async function sendListAgain(ctx: TapContext, asked: Export): Promise<void> {
  const { exportId, version } = await moveExport(asked, { state: 'READY' }, ctx.tx);
  ctx.enqueue({ kind: 'file', id: exportId, intent: derivedId('file', exportId, version) });
  ctx.touch(subjectOf(asked));
  if (ctx.card?.kind !== 'record') ctx.show({ view: 'team.export', subject: subjectOf(asked) });
}

/** The field for which list, and of which time. */
export const loadLists = forAdmins(async () => ({ name: 'team.lists', model: {}, version: 0 }));

/** One that the viewer asked for. */
export const loadExport = forAdmins(async (card, viewer, isoId) => {
  const asked = await findExport(card.subject.id);
  if (asked?.userId !== viewer.userId || asked.isoId !== isoId) return OLD_CARD;
  const { exportId, list, period, state, rows = 0, files = [], version } = asked;
  const opened = card.kind !== 'record';
  const closed = list === 'fees' && state === 'SENT' && (await hasClosed(asked));
  const model = { exportId, list, period, state, rows, files: files.length, opened, closed };
  return { name: 'team.export', model, version };
});

/** Whether months of fees that this has are closed: those that were over are, since it was made. */
async function hasClosed({ isoId, period, askedAt }: Export): Promise<boolean> {
  const [iso, closed] = await Promise.all([findIso(isoId), closedMonths([isoId])]);
  const timeZone = iso?.timeZone ?? 'UTC';
  return monthOfDay(dayOf(timeOf(period, askedAt, timeZone).from, timeZone)) <= (closed.get(isoId) ?? '');
}

function showLists(ctx: TapContext): void {
  ctx.show({ view: 'team.lists', subject: { kind: 'person', id: ctx.person.userId } });
}

function subjectOf({ exportId }: Pick<Export, 'exportId'>) {
  return { kind: 'export', id: exportId } as const;
}
