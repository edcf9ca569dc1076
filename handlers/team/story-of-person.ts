import { DAY_MS, dayOf } from '@field/kit/calendar';
import type { LifeDeed, LifeRow } from '../../cards/team/person-story.ts';
import { associationsWith } from '../../models/associations.ts';
import { type AuditEntry, auditOf } from '../../models/audit.ts';
import { recordsTo, type SentRecord } from '../../models/cards-about.ts';
import { namesOf } from '../../models/people.ts';
import { type TallyOf, talliesByDay } from '../../models/tallies.ts';
import type { Audited } from '../../src/domain/audited.ts';
import { isLanguage } from '../../src/domain/languages.ts';
import { tallyIn } from '../../src/domain/work-counts.ts';

/** What one looks through at once; of more the latest. */
const MOST = 500;
/** Of requests and invitations, of which somebody has few. */
const MOST_REQUESTS = 20;
const DAYS_SENT = 90;
/** Who does something without being a person. */
const NOBODY = new Set(['system', 'operator', '']);

/** What of the audit is a part of somebody's story; what they did to shops and lists is told there. */
const TOLD: Readonly<Partial<Record<Audited, (entry: AuditEntry) => LifeDeed | undefined>>> = {
  'association.send': () => ({ deed: 'asked' }),
  'association.askOnPage': () => ({ deed: 'asked' }),
  'association.invite': () => ({ deed: 'invited' }),
  'association.resend': () => ({ deed: 'invited' }),
  'association.invitationRefused': () => ({ deed: 'notInvited' }),
  'association.approve': () => ({ deed: 'approved' }),
  'association.reject': () => ({ deed: 'rejected' }),
  'association.refuse': () => ({ deed: 'refused' }),
  'association.expire': () => ({ deed: 'ended' }),
  'association.withdraw': () => ({ deed: 'ended' }),
  'association.takeBack': () => ({ deed: 'ended' }),
  'association.join': () => ({ deed: 'joined' }),
  'association.leave': () => ({ deed: 'left' }),
  'association.suspend': () => ({ deed: 'left' }),
  'association.comeBack': () => ({ deed: 'back' }),
  'iso.addAdmin': () => ({ deed: 'admin' }),
  'iso.removeAdmin': () => ({ deed: 'staff' }),
  'member.makeAdmin': () => ({ deed: 'admin' }),
  'member.makeSupervisor': () => ({ deed: 'supervisor' }),
  'member.makeStaff': () => ({ deed: 'staff' }),
  'member.pause': () => ({ deed: 'paused' }),
  'member.resume': () => ({ deed: 'atWork' }),
  'member.remove': () => ({ deed: 'removed' }),
  'member.team': () => ({ deed: 'team' }),
  'member.move': () => ({ deed: 'moved' }),
  'policy.agree': () => ({ deed: 'policy' }),
  'language.choose': ({ details }) => {
    const language = String(details?.language ?? '');
    return isLanguage(language) ? { deed: 'speaks', language } : undefined;
  },
  'handOver.from': (entry) => ({ deed: 'gave', count: countIn(entry) }),
  'handOver.to': (entry) => ({ deed: 'got', count: countIn(entry) }),
  'stock.allot': (entry) => ({ deed: 'codesGot', count: countIn(entry) }),
  'stock.handOver': (entry) => ({ deed: 'codesPassed', count: countIn(entry) }),
  'stock.giveBack': (entry) => ({ deed: 'codesBack', count: countIn(entry) }),
  'stock.lose': (entry) => ({ deed: 'codesLost', count: countIn(entry) }),
};

interface Whose {
  readonly userId: string;
  readonly isoId: string;
}

/** What is kept of what happened to somebody in one ISO, the oldest first; what another ISO did is never a part of it. */
export async function storyOfPerson(whose: Whose, now: number, timeZone: string): Promise<readonly LifeRow[]> {
  const { userId, isoId } = whose;
  const [from, to] = [dayOf(now - DAYS_SENT * DAY_MS, timeZone), dayOf(now, timeZone)];
  const [requests, tallies, records, own] = await Promise.all([
    associationsWith(whose, MOST_REQUESTS),
    talliesByDay(whose, from, to),
    recordsTo(userId, MOST),
    auditOf([userId], MOST),
  ]);
  const asked = await auditOf(
    requests.map(({ requestId }) => requestId),
    MOST,
  );
  const here = own.filter((entry) => entry.isoId === isoId);
  const rows: LifeRow[] = [
    ...[...asked, ...here].flatMap((entry) => {
      const done = TOLD[entry.what]?.(entry);
      return done === undefined ? [] : [{ ...done, at: entry.at, who: entry.by === userId ? '' : entry.by }];
    }),
    ...[...tallies.values()].flatMap(sentOn),
    ...cardsByDay(records, since(here, asked), timeZone),
  ];
  const names = await namesOf([...new Set(rows.map(({ who }) => who))].filter((id) => !NOBODY.has(id)));
  return rows.map((row) => ({ ...row, who: names.get(row.who) ?? '' })).toSorted((one, other) => one.at - other.at);
}

/** When they began in this ISO: what they were told before was another's. */
function since(here: readonly AuditEntry[], asked: readonly AuditEntry[]): number {
  return Math.min(...[...here, ...asked].map(({ at }) => at));
}

function countIn({ details }: AuditEntry): number {
  return Number(details?.count ?? 0);
}

function sentOn({ counts, lastAt }: TallyOf): LifeRow[] {
  const [stores, spots, inspections] = [
    tallyIn(counts, 'STORE').promoted,
    tallyIn(counts, 'SPOT').promoted,
    tallyIn(counts, 'INSPECTION').promoted,
  ];
  if (lastAt === undefined || stores + spots + inspections === 0) return [];
  return [{ deed: 'sent', stores, spots, inspections, at: lastAt, who: '' }];
}

/** One row a day, at the last card of that day. */
function cardsByDay(records: readonly SentRecord[], from: number, timeZone: string): LifeRow[] {
  const days = new Map<string, { count: number; waiting: number; at: number }>();
  for (const { at, delivered, refused } of records) {
    if (at === undefined || at < from) continue;
    const day = dayOf(at, timeZone);
    const known = days.get(day) ?? { count: 0, waiting: 0, at };
    const isThere = delivered && refused === undefined;
    days.set(day, {
      count: known.count + 1,
      waiting: known.waiting + (isThere ? 0 : 1),
      at: Math.max(known.at, at),
    });
  }
  return [...days.values()].map((day) => ({ deed: 'cards' as const, ...day, who: '' }));
}
