import { z } from 'zod';
import { flowOf, productsNow } from '../../../models/programme-in-use.ts';
import { noteScans, type ScannedBinding, standingWith } from '../../../models/scans.ts';
import { bothRules, type CodeRules, codeHash, NO_CODES, readTyped } from '../../domain/code.ts';
import { hasCodes } from '../../flow/definition.ts';
import { dataDate, key } from './columns.ts';
import type { LandingKind, Outcome } from './kind.ts';
import { areOfKnownIsos } from './known-isos.ts';

/** How often a code was scanned on one day. */
interface ScansRow {
  readonly isoId: string;
  readonly codeHash: string;
  /** `YYYYMMDD`. */
  readonly day: string;
  readonly scans: number;
}

const count = z
  .string()
  .regex(/^\d{1,9}$/, 'is not a number')
  .transform(Number);

const scansRow = z
  .object({ isoId: key, code: z.string(), day: dataDate, scans: count })
  .transform(({ isoId, code, day, scans }, context): ScansRow => {
    const read = readTyped(code, everyRule());
    if (read.kind === 'ours') return { isoId, codeHash: codeHash(read.code), day, scans };
    context.addIssue({ code: 'custom', path: ['code'], message: 'is not a code of the programme' });
    return z.NEVER;
  });

function everyRule(): CodeRules {
  const flows = productsNow()
    .map((product) => flowOf(product))
    .filter(hasCodes);
  return flows.reduce((rules, { codes }) => bothRules(rules, codes), NO_CODES);
}

/**
 * `scans_*.csv`: how often people scanned a code on a day. Kept is the last day on which anybody did, so that the order of files and rows
 * makes no difference.
 */
export const SCANS: LandingKind<ScansRow> = {
  columns: { required: ['isoId', 'code', 'day', 'scans'], optional: [] },
  spellings: { isoId: 'key', code: 'key', day: 'day', scans: 'whole' },
  rowsAtOnce: 400,
  keyColumn: 'code',
  schema: scansRow,
  known: areOfKnownIsos,
  async plan(rows, { foreseen }, tx) {
    const isKnown = await areOfKnownIsos(rows);
    const stored = await standingWith([...new Set(rows.map(({ codeHash: hash }) => hash))], tx);
    const before = new Map(stored.map((binding) => [binding.codeHash, binding]));
    const scannedOn = new Map(stored.map((binding) => [binding.codeHash, binding.scannedOn]));
    for (const [hash, day] of foreseen?.scans ?? []) if (before.has(hash)) scannedOn.set(hash, day);
    const changed = new Set<string>();
    const outcomes = rows.map((row, index): Outcome => {
      if (isKnown[index] !== true) return { outcome: 'unmatched', reason: 'isoUnknown' };
      const outcome = scanned(row, before.get(row.codeHash), scannedOn.get(row.codeHash));
      if (outcome.outcome !== 'applied') return outcome;
      scannedOn.set(row.codeHash, row.day);
      changed.add(row.codeHash);
      return outcome;
    });
    const days = [...changed].flatMap((hash) => {
      const [binding, day] = [before.get(hash), scannedOn.get(hash)];
      return binding === undefined || day === undefined ? [] : [{ bindingId: binding.bindingId, hash, day }];
    });
    return {
      read: [...before.keys()],
      changed: [...changed],
      async write(inTx) {
        await noteScans(days, inTx);
        return outcomes;
      },
      async foresee({ scans }) {
        for (const { hash, day } of days) scans.set(hash, day);
        return outcomes;
      },
    };
  },
};

function scanned(row: ScansRow, binding: ScannedBinding | undefined, last: string | undefined): Outcome {
  if (binding?.isoId !== row.isoId) return { outcome: 'unmatched', reason: 'codeAtNoSpot' };
  if (row.scans === 0) return { outcome: 'unchanged', reason: 'noScans' };
  return last === undefined || row.day > last
    ? { outcome: 'applied' }
    : { outcome: 'unchanged', reason: 'scannedSince' };
}
