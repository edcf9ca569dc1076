import type { ChangedByFile } from '../../../cards/team/file-story.ts';
import type { LifeRow } from '../../../cards/team/person-story.ts';
import { SHIPPED_REASONS } from '../../support/shipped-programme.ts';
import type { Faces } from './faces.ts';

const at = Date.UTC(2026, 4, 3, 10, 42);
const DAY_MS = 24 * 3_600_000;
const timeZone = 'Asia/Bangkok';
const who = 'Somchai Rattanakosin-Wongsawat';
const by = { at, who };
const itself = { at, who: '' };
const spot = { spotType: 'ENTRANCE_DOOR', number: 1 };
const door = { kind: 'spot', shop: 'Baan Coffee', spot } as const;
const changed: readonly ChangedByFile[] = [
  {
    at,
    itemRef: 'i0',
    name: door,
    changed: { deed: 'judged', state: 'REJECTED', reasons: [SHIPPED_REASONS.of('SPOT_NOT_FIXED')] },
    row: 12,
    staff: 'Nok Suda',
  },
  {
    at,
    itemRef: 'i1',
    name: door,
    changed: { deed: 'judged', state: 'APPROVED', reasons: [] },
    row: 1_204,
    staff: who,
  },
  { at, itemRef: 'i2', name: { kind: 'store', shop: 'Som Tam House' }, changed: { deed: 'appealAccepted' }, staff: '' },
  { at, itemRef: 'i3', name: door, changed: { deed: 'settled', fee: 'TAKEN_BACK' }, staff: 'Mali Wong' },
  { at, itemRef: 'i4', name: door, changed: { deed: 'appealDenied' }, staff: 'สมหญิง ใจดี' },
  { at, itemRef: 'i5', name: door, changed: { deed: 'settled', fee: 'CONFIRMED' }, staff: 'Nok Suda' },
];

const nok = { userId: 'nok', name: 'Nok Suda', role: 'STAFF', state: 'working', timeZone } as const;

function lifeOf(page: number, pages: number, rows: readonly LifeRow[]) {
  return { ...nok, page, pages, rows };
}

/** What happened to people, and by daily files. */
export const TEAM_STORIES: Faces<'team.personStory' | 'team.files' | 'team.fileStory'> = {
  'team.personStory': {
    begins: lifeOf(1, 5, [
      { deed: 'asked', ...itself },
      { deed: 'approved', ...by },
      { deed: 'speaks', language: 'th', ...itself },
      { deed: 'policy', ...itself },
      { deed: 'sent', stores: 4, spots: 9, inspections: 1, at: at + DAY_MS, who: '' },
      { deed: 'cards', count: 12, waiting: 1, at: at + DAY_MS, who: '' },
    ]),
    goesOn: lifeOf(2, 5, [
      { deed: 'codesGot', count: 1_200, ...by },
      { deed: 'codesPassed', count: 12, ...by },
      { deed: 'codesBack', count: 2, ...itself },
      { deed: 'codesLost', count: 1, ...itself },
      { deed: 'gave', count: 3, ...by },
      { deed: 'got', count: 14, ...by },
    ]),
    changes: lifeOf(3, 5, [
      { deed: 'supervisor', ...by },
      { deed: 'staff', ...by },
      { deed: 'admin', ...by },
      { deed: 'team', ...by },
      { deed: 'paused', ...by },
      { deed: 'atWork', ...by },
    ]),
    invited: lifeOf(4, 5, [
      { deed: 'invited', ...by },
      { deed: 'notInvited', ...itself },
      { deed: 'refused', ...itself },
      { deed: 'rejected', ...by },
      { deed: 'ended', ...itself },
      { deed: 'joined', ...itself },
    ]),
    ends: {
      ...lifeOf(1, 1, [
        { deed: 'left', ...itself },
        { deed: 'back', ...itself },
        { deed: 'removed', ...by },
        { deed: 'moved', ...itself },
      ]),
      fromSearch: true,
    },
    nothing: { ...lifeOf(1, 1, []), state: 'paused' },
  },
  'team.files': {
    paged: {
      rows: ['review_20261123_001.csv', 'inspection-tasks_20261123.csv', 'settlement_20261123_000002.csv.gz'].map(
        (name, index) => ({
          name,
          receivedAt: at - index * DAY_MS,
          outcomes:
            index === 0 ? { applied: 1_204, unchanged: 36, superseded: 1, unmatched: 2, conflict: 1 } : { applied: 4 },
        }),
      ),
      page: 1,
      pages: 3,
      timeZone,
    },
    none: { rows: [], page: 1, pages: 1, timeZone },
  },
  'team.fileStory': {
    results: {
      name: 'review_20261123_001.csv',
      receivedAt: at,
      source: 'sftp',
      outcomes: { applied: 12, unchanged: 3, unmatched: 1, malformed: 2 },
      again: 2,
      againAt: at + DAY_MS,
      cards: { count: 10, waiting: 2 },
      rows: changed,
      page: 1,
      pages: 2,
      timeZone,
    },
    tasks: {
      name: 'inspection-tasks_20261123_000001.csv',
      receivedAt: at,
      source: 'https',
      outcomes: { applied: 3 },
      again: 0,
      rows: (['taskCame', 'taskChanged', 'taskJudged'] as const).map((deed) => ({
        at,
        name: { kind: 'store', shop: 'Som Tam House' },
        changed: { deed },
        row: 2,
        staff: 'Nok Suda',
      })),
      page: 1,
      pages: 1,
      timeZone,
      fromSearch: true,
    },
    nothingChanged: {
      name: 'stock_20261123.csv',
      receivedAt: at,
      source: 'folder',
      outcomes: { unchanged: 500 },
      again: 1,
      againAt: at,
      rows: [],
      page: 1,
      pages: 1,
      timeZone,
    },
  },
};
