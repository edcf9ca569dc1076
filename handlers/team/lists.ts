import { SEARCHED_LISTS, type SearchedList } from '../../cards/team/search.ts';
import type { Card } from '../../models/cards.ts';

/** Rows of a page of a list (wording rule 13). */
export const PAGE = 6;

export interface Paged<Row> {
  readonly rows: readonly Row[];
  /** From 1. */
  readonly page: number;
  readonly pages: number;
  /** On all pages. */
  readonly count: number;
}

/** The page that a card's subject names (`page:2`), or the one nearest to it that exists. */
export function paged<Row>(all: readonly Row[], card: Card): Paged<Row> {
  const { page, pages } = pageOf(all.length, card);
  return { rows: all.slice((page - 1) * PAGE, page * PAGE), page, pages, count: all.length };
}

/** The same of a list of which only the length is known. */
export function pageOf(count: number, card: Card): { readonly page: number; readonly pages: number } {
  const pages = Math.max(1, Math.ceil(count / PAGE));
  return { page: Math.min(pages, Math.max(1, Math.trunc(Number(card.subject.id)) || 1)), pages };
}

/** Whether any of these has in it what was searched for. */
export function reads(find: string, ...words: readonly (string | undefined)[]): boolean {
  return words.some((word) => word?.toLowerCase().includes(find.toLowerCase()) === true);
}

/** Nothing in a tap is trusted: what is no list is the people. */
export function listNamed(name: string | undefined): SearchedList {
  return SEARCHED_LISTS.find((list) => list === name) ?? 'people';
}
