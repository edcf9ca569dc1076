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

/** Where a part of a list begins, and how much of it. */
interface Part {
  readonly skip: number;
  readonly limit: number;
}

/** A page of what was found in a list, `count` of what was looked at. */
export interface Found<Row> extends Paged<Row> {
  /** How much of the list was looked at, from its top on; absent where that was all of it. */
  readonly searched?: number | undefined;
}

/** So much of a list is looked at first, each time twice as much, and never more than `MOST_SEARCHED`. */
const SEARCHED_FIRST = 40;
const MOST_SEARCHED = 2_000;

/**
 * Looks for something in a list, from its top on, until there is more of it than up to the end of the page: however long a list is, no more of
 * it is read than that takes.
 */
export async function foundIn<Row>(
  some: (part: Part) => Promise<readonly Row[]>,
  isFound: (row: Row) => boolean,
  card: Card,
): Promise<Found<Row>> {
  const wanted = Math.max(1, Math.trunc(Number(card.subject.id)) || 1) * PAGE;
  const found: Row[] = [];
  for (let skip = 0, limit = SEARCHED_FIRST; ; skip += limit, limit *= 2) {
    const part = { skip, limit: Math.min(limit, MOST_SEARCHED - skip) };
    const rows = await some(part);
    found.push(...rows.filter(isFound));
    const searched = skip + rows.length;
    if (rows.length < part.limit) return paged(found, card);
    if (found.length > wanted || searched >= MOST_SEARCHED) return { ...paged(found, card), searched };
  }
}

/** Whether any of these has in it what was searched for. */
export function reads(find: string, ...words: readonly (string | undefined)[]): boolean {
  return words.some((word) => word?.toLowerCase().includes(find.toLowerCase()) === true);
}

/** Nothing in a tap is trusted: what is no list is the people. */
export function listNamed(name: string | undefined): SearchedList {
  return SEARCHED_LISTS.find((list) => list === name) ?? 'people';
}
