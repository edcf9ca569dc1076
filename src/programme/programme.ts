import type { z } from 'zod';
import type { Language } from '../domain/languages.ts';
import type { PROGRAMME_SCHEMA } from './schema.ts';
import type { WORDS_SCHEMA } from './words-schema.ts';

type Unchanging<Value> = Value extends string | number | boolean | undefined
  ? Value
  : { readonly [Key in keyof Value]: Unchanging<Value[Key]> };

/** The words of a programme in one language. */
export type Words = Unchanging<z.output<typeof WORDS_SCHEMA>>;

/** A programme as everybody reads it: everything in it was checked, with itself and with its words. */
export type Programme = Unchanging<z.output<typeof PROGRAMME_SCHEMA>> & {
  /** Of every language that it names. */
  readonly words: ReadonlyMap<Language, Words>;
};

/** `programme.yaml` alone. */
export type ProgrammeFacts = Omit<Programme, 'words'>;

export type Product = Programme['products'][number];
export type Step = Product['steps'][number];
export type Field = Step['fields'][number];
