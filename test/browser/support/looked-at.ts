import { LANGUAGES, type Language } from '../../../src/domain/languages.ts';

/**
 * In which languages cards and pages are looked at in each run: each kind of writing, of Latin letters that with the longest words, where
 * English has room as well; with `LONG=1` all.
 */
export const LOOKED_AT: readonly Language[] = process.env.LONG ? LANGUAGES : ['ja', 'th', 'ko', 'fil'];

/** In which they are read by axe: what it finds hangs on a page and its writing, not on its words. */
export const READ_BY_AXE: readonly Language[] = process.env.LONG ? LANGUAGES : ['fil', 'th'];
