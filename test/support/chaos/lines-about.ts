import type { HandedOverLine } from '../world/outgoing-lines.ts';
import type { StoredRows } from '../world/stored-rows.ts';

type Line = HandedOverLine & { readonly promotionNumber?: string; readonly spotRef?: string };

/** The lines that came of what a card is about (`draft:…`, `inspection:…`, `appeal:…`); none while that is not submitted. */
export function linesAbout(about: string, rows: StoredRows, lines: readonly Line[]): Line[] {
  const [kind, id] = [about.slice(0, about.indexOf(':')), about.slice(about.indexOf(':') + 1)];
  switch (kind) {
    case 'draft':
      return linesOfDraft(rows, lines, id);
    case 'inspection':
      return lines.filter(({ itemRef, itemType }) => itemType === 'INSPECTION' && itemRef === id).slice(-1);
    case 'appeal':
      return lines.filter(({ itemRef }) => itemRef === id);
    default:
      return [];
  }
}

function linesOfDraft(rows: StoredRows, lines: readonly Line[], draftId: string): Line[] {
  const draft = rows.drafts.find(({ _id }) => _id === draftId);
  const promotion = rows.promotions.find(({ _id }) => draft?.promotionId !== undefined && _id === draft.promotionId);
  if (promotion === undefined) return [];
  return lines.filter(({ promotionNumber, revision }) => promotionNumber === promotion.number && revision === 1);
}

/** Whether a line may show a photo that was sent for this: it came of it, or it was put right later and the photo stayed. */
export function mayShow(line: Line, about: string, rows: StoredRows): boolean {
  const [kind, id] = [about.slice(0, about.indexOf(':')), about.slice(about.indexOf(':') + 1)];
  if (kind !== 'draft') return line.itemRef === id;
  const draft = rows.drafts.find(({ _id }) => _id === id);
  const [, modified] = /^modify:(.+)$/.exec(String(draft?.storeKey)) ?? [];
  if (modified !== undefined) return line.revision > 1 && [line.itemRef, line.spotRef].some((ref) => ref === modified);
  const promotion = rows.promotions.find(({ _id }) => draft?.promotionId !== undefined && _id === draft.promotionId);
  return promotion !== undefined && line.promotionNumber === promotion.number;
}
