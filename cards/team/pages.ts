import type { Action } from '../actions.ts';
import { plain } from '../buttons.ts';
import type { T } from '../text.ts';
import type { CardAction } from '../view.ts';

/** Where one is in a list that has several pages; both from 1. */
export interface PageModel {
  readonly page: number;
  readonly pages: number;
}

/** `Page 2 of 3`; nothing on a list of one page. */
export function pageNote(t: T, { page, pages }: PageModel): { note?: string | undefined } {
  return pages > 1 ? { note: t('list.page', { page, pages }) } : {};
}

/** To the next page, and from the last one to the first. */
export function pageButtons(
  t: T,
  { page, pages }: PageModel,
  action: Action,
  params: Readonly<Record<string, string>> = {},
): CardAction[] {
  if (pages === 1) return [];
  const next = page === pages ? 1 : page + 1;
  return [plain(t(page === pages ? 'button.firstPage' : 'button.nextPage'), action, { ...params, page: String(next) })];
}

export function teamButton(t: T): CardAction {
  return plain(t('button.team'), 'team.open');
}
