import type { ChangedByFile } from '../../cards/team/file-story.ts';
import { itemsAppealed } from '../../models/appeals.ts';
import type { AuditEntry } from '../../models/audit.ts';
import { recordsAbout } from '../../models/cards-about.ts';
import { findTask } from '../../models/inspection-tasks.ts';
import { type Item, readUnder } from '../../models/item-rows.ts';
import { findItems } from '../../models/items.ts';
import { namesAmong, type Person } from '../../models/people.ts';
import { programmesAt } from '../../models/programme-in-use.ts';
import { resultDayId } from '../../models/result-days.ts';
import { parseFileName } from '../../src/daily/incoming/file-name.ts';
import { nameOf } from '../review/item-model.ts';
import { toldOf } from './story-of-item.ts';

/** Cards of one day's results; an ISO has some hundred people. */
const MOST_CARDS = 1_000;
const OF_TASKS = {
  'inspection.assign': 'taskCame',
  'inspection.reassign': 'taskChanged',
  'inspection.update': 'taskChanged',
  'inspection.judged': 'taskJudged',
} as const;

/** What some entries of the audit, made by a daily file, changed, and whose that is. */
export async function changedBy(
  entries: readonly AuditEntry[],
  people: readonly Pick<Person, 'userId' | 'name'>[],
): Promise<readonly ChangedByFile[]> {
  const idsOf = (kind: string): readonly string[] =>
    entries.flatMap(({ subject }) => (subject.kind === kind ? [subject.id] : []));
  const [appealed, tasks, named] = await Promise.all([
    itemsAppealed(idsOf('appeal')),
    Promise.all(idsOf('inspection').map((id) => findTask(id))),
    findItems([...new Set(idsOf('item'))]),
  ]);
  const items = [...named, ...appealed.values()];
  const [programmeOf, names] = await Promise.all([
    programmesAt(items.map(readUnder)),
    namesAmong(people, [
      ...items.flatMap(({ ownerId }) => ownerId ?? []),
      ...tasks.flatMap((task) => task?.assigneeId ?? []),
    ]),
  ]);
  return entries.flatMap((entry): ChangedByFile[] => {
    const { at, subject, row } = entry;
    const { kind, id } = subject;
    if (kind === 'inspection') {
      const task = tasks.find((one) => one?.taskId === id);
      const deed = ofTask(entry.what);
      if (task === undefined || deed === undefined) return [];
      const name = { kind: 'store', shop: task.storeName } as const;
      return [{ at, name, changed: { deed }, row, staff: names.get(task.assigneeId ?? '') ?? '' }];
    }
    const item = appealed.get(id) ?? named.find(({ itemRef }) => itemRef === id);
    const changed = item && toldOf(entry, programmeOf(readUnder(item)).reasons);
    if (item === undefined || changed === undefined) return [];
    const staff = names.get(item.ownerId ?? '') ?? '';
    return [{ at, itemRef: opened(item), name: nameOf(item), changed, row, staff }];
  });
}

/** An inspection has no story of its own. */
function opened({ itemType, itemRef }: Item): string | undefined {
  return itemType === 'INSPECTION' ? undefined : itemRef;
}

function ofTask(what: string): 'taskCame' | 'taskChanged' | 'taskJudged' | undefined {
  return Object.entries(OF_TASKS).find(([audited]) => audited === what)?.[1];
}

/** The cards by which people of an ISO were told of the day of a file of results, and how many are not there. */
export async function cardsOfDay(
  file: string,
  people: readonly Pick<Person, 'userId'>[],
): Promise<{ readonly count: number; readonly waiting: number } | undefined> {
  const parsed = parseFileName(file);
  if (parsed?.kind !== 'review') return undefined;
  const records = await recordsAbout(
    people.map(({ userId }) => resultDayId(userId, parsed.day)),
    MOST_CARDS,
  );
  const waiting = records.filter(({ delivered, refused }) => !delivered || refused !== undefined);
  return { count: records.length, waiting: waiting.length };
}
