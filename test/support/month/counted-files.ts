import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { outgoingLines } from '../world/outgoing-lines.ts';
import type { World } from '../world/world.ts';

/** How something stands, by what the files say and nothing else. */
type Stand = 'approved' | 'failed' | 'inReview';

interface Counted {
  readonly promoted: number;
  readonly approved: number;
  readonly failed: number;
  readonly inReview: number;
}

/** Something that was sent, and what the last file said of it. */
export interface SentThing {
  readonly itemRef: string;
  readonly itemType: string;
  readonly staff: string;
  readonly spotRef: string;
  readonly stands: Stand;
  /** Of the file that decided, `YYYYMMDD`. */
  readonly decidedBy: string;
  /** Until when it can be put right, where it failed by itself, milliseconds. */
  readonly deadlineAt?: number | undefined;
}

type Line = Readonly<Record<string, string>>;

/** Every row of the files of a kind that landed, in the order of their days. */
export function landedRows({ dataDir }: Pick<World, 'dataDir'>, kind: string): readonly Line[] {
  const done = join(dataDir, 'incoming', 'done');
  const files = readdirSync(done, { recursive: true, encoding: 'utf8' }).filter((name) =>
    new RegExp(`(?:^|/)${kind}_\\d{8}_\\d+\\.csv$`).test(name),
  );
  return files
    .sort()
    .flatMap((name): Line[] => parse(readFileSync(join(done, name), 'utf8'), { columns: true, bom: true }));
}

/** Everything that was handed over, by its last revision, and how the last row that is about that left it. */
export function thingsInFiles(world: Pick<World, 'dataDir'>): readonly SentThing[] {
  const last = new Map(outgoingLines(world).map((line) => [line.itemRef, line]));
  const decided = new Map<string, Line>();
  for (const row of landedRows(world, 'review')) decided.set(`${row.itemRef}/${row.submissionRevision}`, row);
  const own = [...last.values()].map((line) => {
    const row = decided.get(`${line.itemRef}/${line.revision}`);
    const stands: Stand = row === undefined ? 'inReview' : row.decision === 'APPROVED' ? 'approved' : 'failed';
    return {
      itemRef: line.itemRef,
      itemType: line.itemType,
      staff: line.staffRef,
      spotRef: line.itemType === 'POSM' ? line.itemRef.replace(/\.posm$/, '') : line.itemRef,
      stands,
      isJudged: row !== undefined,
      decidedBy: (row?.dataDate ?? '').replaceAll('-', ''),
      deadlineAt: stands === 'failed' && row?.deadlineAt ? Date.parse(row.deadlineAt) : undefined,
    };
  });
  // a spot counts with what stands there, and what no row named follows its spot
  const at = (spotRef: string, itemType: string) =>
    own.find((one) => one.spotRef === spotRef && one.itemType === itemType);
  return own.map((one) => {
    if (one.itemType === 'POSM')
      return one.isJudged ? one : { ...one, stands: at(one.spotRef, 'SPOT')?.stands ?? 'inReview' };
    const posm = one.itemType === 'SPOT' ? at(one.spotRef, 'POSM') : undefined;
    if (posm?.isJudged !== true) return one;
    const both = [one.stands, posm.stands];
    const stands = both.includes('failed') ? 'failed' : both.every((is) => is === 'approved') ? 'approved' : 'inReview';
    return { ...one, stands };
  });
}

export function countedOf(things: readonly SentThing[], itemType: string): Counted {
  const own = things.filter((one) => one.itemType === itemType);
  const of = (stands: Stand): number => own.filter((one) => one.stands === stands).length;
  return { promoted: own.length, approved: of('approved'), failed: of('failed'), inReview: of('inReview') };
}
