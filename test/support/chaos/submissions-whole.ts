import type { HandedOverLine } from '../world/outgoing-lines.ts';
import type { StoredRows } from '../world/stored-rows.ts';
import type { Ledger } from './ledger.ts';

type PromotedLine = HandedOverLine & { readonly promotionNumber?: string };

/** Each submission is complete and single: what was called submitted is handed over, once, with all its parts. */
export function submissionsBroken(rows: StoredRows, lines: readonly PromotedLine[], ledger: Ledger): string[] {
  const keys = lines.map(({ submissionKey }) => submissionKey);
  const stored = new Set(rows.submissions.map(({ _id }) => String(_id)));
  const handed = new Set(keys);
  return [
    ...repeated(keys).map((key) => `doubled: ${key} is handed over more than once`),
    ...[...stored].filter((key) => !handed.has(key)).map((key) => `lost: ${key} was submitted and not handed over`),
    ...keys.filter((key) => !stored.has(key)).map((key) => `${key} is handed over and was not submitted`),
    ...promotionsBroken(rows, lines),
    ...[...ledger.submitted]
      .filter((number) => !rows.promotions.some((promotion) => promotion.number === number))
      .map((number) => `lost: ${number} stood on a card as submitted`),
    ...codesBroken(rows),
  ];
}

function promotionsBroken(rows: StoredRows, lines: readonly PromotedLine[]): string[] {
  const drafts = rows.drafts.filter(({ promotionId }) => promotionId !== undefined);
  return [
    ...repeated(drafts.map(({ promotionId }) => String(promotionId))).map((id) => `doubled: two drafts became ${id}`),
    ...rows.promotions.flatMap(({ number, spotCount }) => {
      const first = lines.filter((line) => line.promotionNumber === number && line.revision === 1);
      const [stores, spots, posms] = ['STORE', 'SPOT', 'POSM'].map(
        (type) => first.filter(({ itemType }) => itemType === type).length,
      );
      const isWhole = (stores ?? 0) <= 1 && spots === spotCount && posms === spotCount;
      return isWhole ? [] : [`${number} has ${stores} shops, ${spots} spots, ${posms} POSMs of ${spotCount}`];
    }),
  ];
}

/** No code is active at two spots, and none stands at more. */
function codesBroken({ bindings }: StoredRows): string[] {
  const active = bindings.filter(({ state }) => state === 'ACTIVE');
  return [
    ...repeated(active.map(({ codeId }) => String(codeId))).map((code) => `code ${code} is active twice`),
    ...repeated(active.map(({ spotId }) => String(spotId))).map((spot) => `spot ${spot} has two active codes`),
  ];
}

/** What occurs more than once. */
export function repeated(values: readonly string[]): string[] {
  const seen = new Set<string>();
  return [...new Set(values.filter((value) => seen.has(value) || !seen.add(value)))];
}
