import type source from './locales/en.json';

/**
 * A key of the source text, `cards/locales/en.json`. Whatever names a text is of this type, so that a key that is not there does not
 * compile.
 */
export type TextKey = keyof typeof source;
