import { dayOf } from '@field/kit/calendar';
import { forgetAsks, pastAsks } from '../../../models/account-asks.ts';
import { type Appeal, findAppeals, forgetAppeals, pastAppeals } from '../../../models/appeals.ts';
import { forgetAssociations, pastAssociations } from '../../../models/associations.ts';
import { forgetAudit } from '../../../models/audit.ts';
import { forgetBatched } from '../../../models/audit-batches.ts';
import { spotsOfBindings } from '../../../models/bindings.ts';
import { forgetDayResults } from '../../../models/day-results.ts';
import { forgetDigests, pastDigests } from '../../../models/digests.ts';
import { forgetExports, pastExports } from '../../../models/exports.ts';
import { forgetFiles } from '../../../models/incoming-files.ts';
import { forgetTasks, isPastTask, pastTasks } from '../../../models/inspection-tasks.ts';
import { findItems, posmRef } from '../../../models/items.ts';
import { forgetUsage } from '../../../models/monthly-usage.ts';
import { shownSubjects } from '../../../models/over-cards.ts';
import { forgetPersonalUsage } from '../../../models/personal-usage.ts';
import { storedPhotosAbout } from '../../../models/photos.ts';
import { forgetQuestions, pastQuestions } from '../../../models/questions.ts';
import { forgetResultDays, pastResultDays } from '../../../models/result-days.ts';
import { forgetSites } from '../../../models/sites.ts';
import { forgetSubmissions, pastSubmissions } from '../../../models/submissions.ts';
import { forgetAccounts, pastAccounts } from '../../../models/test-accounts.ts';
import { monthOf } from '../../domain/limits.ts';
import { monthsBefore, type Retention } from '../../domain/retention.ts';
import type { SubjectKind } from '../../platform/subject.ts';
import { type Page, pageByPage, type RetentionRule, untilNoneIsLeft } from './rule.ts';
import { itemsOverSince } from './what-is-over.ts';

/** Who wrote how much at which hour is nobody's business once the month is over; this one and the one before stay. */
const PERSONAL_MS = 31 * 24 * 3_600_000;

/** What tells what happened, once it is over and no card tells of it any more. Days are those of the programme. */
export function recordRules({ recordsMonths }: Retention, timeZone: string): RetentionRule[] {
  const before = (now: number): number => monthsBefore(now, recordsMonths);
  const dayBefore = (now: number): string => dayOf(before(now), timeZone);
  return [
    { of: 'audit', remove: (now) => untilNoneIsLeft((most) => forgetAudit(before(now), most)) },
    { of: 'auditbatches', remove: (now) => untilNoneIsLeft((most) => forgetBatched(before(now), most)) },
    {
      of: 'submissions',
      remove: (now) =>
        pageByPage(
          (page) => pastSubmissions(before(now), page),
          async (keys) => await forgetSubmissions(await ofWhatIsOver(keys, before(now), now)),
        ),
    },
    {
      of: 'appeals',
      remove: (now) =>
        pageByPage(
          (page) => pastAppeals(before(now), page),
          async (appeals) => await forgetAppeals(await pastFor(appeals, before(now), now)),
        ),
    },
    {
      of: 'associations',
      remove: (now) =>
        unlessShown(
          'association',
          async (page) => (await pastAssociations(before(now), page)).map(({ requestId }) => requestId),
          forgetAssociations,
        ),
    },
    {
      of: 'inspectiontasks',
      remove: (now) =>
        pageByPage(
          (page) => pastTasks(before(now), page),
          async (tasks) => {
            const past = tasks.filter((task) => isPastTask(task, now) && (task.submittedAt ?? 0) < before(now));
            const over = await unbound(
              'inspection',
              past.map(({ taskId }) => taskId),
            );
            return await forgetTasks(over);
          },
        ),
    },
    {
      of: 'accountasks',
      remove: (now) => unlessShown('accountAsk', (page) => pastAsks(before(now), page), forgetAsks),
    },
    {
      of: 'accounts',
      remove: (now) => unlessShown('testAccount', (page) => pastAccounts(before(now), page), forgetAccounts),
    },
    {
      of: 'questions',
      remove: (now) => unlessShown('question', (page) => pastQuestions(before(now), page), forgetQuestions),
    },
    {
      of: 'exports',
      remove: (now) => unlessShown('export', (page) => pastExports(before(now), page), forgetExports),
    },
    { of: 'sites', remove: (now) => untilNoneIsLeft((most) => forgetSites(before(now), most)) },
    { of: 'incomingfiles', remove: (now) => untilNoneIsLeft((most) => forgetFiles(before(now), most)) },
    { of: 'dayresults', remove: (now) => untilNoneIsLeft((most) => forgetDayResults(dayBefore(now), most)) },
    {
      of: 'resultdays',
      remove: (now) => unlessShown('resultDay', (page) => pastResultDays(dayBefore(now), page), forgetResultDays),
    },
    {
      of: 'digests',
      remove: (now) => unlessShown('digest', (page) => pastDigests(dayBefore(now), page), forgetDigests),
    },
    {
      of: 'monthlyusage',
      async *remove(now) {
        yield await forgetUsage(monthOf(before(now)));
        yield await forgetPersonalUsage(monthOf(now - PERSONAL_MS));
      },
    },
  ];
}

function unlessShown(
  kind: SubjectKind,
  read: (page: Page) => Promise<readonly string[]>,
  forget: (ids: readonly string[]) => Promise<number>,
): AsyncGenerator<number> {
  return pageByPage(read, async (ids) => {
    const shown = await shownSubjects(kind, ids);
    return await forget(ids.filter((id) => !shown.has(id)));
  });
}

/** Of these `itemRef#revision` those for which nothing has waited since `before`. That of an appeal goes with what it is against, that of a code with what stands at its spot. */
async function ofWhatIsOver(keys: readonly string[], before: number, now: number): Promise<readonly string[]> {
  const refOf = (key: string): string => key.slice(0, key.lastIndexOf('#'));
  const refs = keys.map(refOf);
  const ofCodes = [...(await spotsOfBindings(refs))].map(([ref, spotId]) => [ref, posmRef(spotId)] as const);
  const ofAppeals = (await findAppeals(refs)).map(({ appealId, itemRef }) => [appealId, itemRef] as const);
  const against = new Map([...ofCodes, ...ofAppeals]);
  const itemRefs = refs.map((ref) => against.get(ref) ?? ref);
  const items = new Set((await findItems(itemRefs)).map(({ itemRef }) => itemRef));
  const over = await itemsOverSince(itemRefs, now);
  // what is none of them was the line of an appeal that went before it
  const isOver = (ref: string): boolean => !items.has(ref) || (over.get(ref) ?? Infinity) < before;
  return keys.filter((_, index) => isOver(itemRefs[index] ?? ''));
}

async function pastFor(appeals: readonly Appeal[], before: number, now: number): Promise<readonly string[]> {
  const ended = appeals.filter(({ decidedAt = 0, filedAt = 0 }) => Math.max(decidedAt, filedAt) < before);
  const over = await itemsOverSince(
    ended.map(({ itemRef }) => itemRef),
    now,
  );
  const past = ended.filter(({ itemRef }) => (over.get(itemRef) ?? Infinity) < before);
  return await unbound(
    'appeal',
    past.map(({ appealId }) => appealId),
  );
}

/** Those that no card tells of, and of which no photo is kept. */
async function unbound(kind: SubjectKind, ids: readonly string[]): Promise<readonly string[]> {
  const shown = await shownSubjects(kind, ids);
  const free: string[] = [];
  for (const id of ids) if (!shown.has(id) && (await storedPhotosAbout(id)).length === 0) free.push(id);
  return free;
}
