import type { ProgrammeFacts, Step } from './programme.ts';
import { ASKS_OF_OURS } from './review-schema.ts';

/** A text that a language has a place for: whether it must be there, and which placeholders stand in it. */
export interface ExpectedWord {
  readonly path: readonly string[];
  readonly needed: boolean;
  readonly placeholders: readonly string[];
}

/** Every text that a programme has a place for, each once. */
export function expectedWords(programme: ProgrammeFacts): readonly ExpectedWord[] {
  const { products, policy, reasons, payments, inspection, fees } = programme;
  const steps = products.flatMap((product) => product.steps);
  const clauses = policy.clauses.filter(({ shown }) => shown).map(({ id }) => id);
  const words = [
    needed('before'),
    ...products.flatMap((product) => ofProduct(product, clauses)),
    ...steps.flatMap(ofStep),
    ...clauses.map((clause) => needed('policy', clause)),
    ...Object.entries(reasons).flatMap(([code, { asks }]) => [
      needed('reasons', code, 'short'),
      optional('reasons', code, 'what'),
      ...asks.filter((part) => part !== 'inspection').map((part) => needed('parts', part)),
    ]),
    ...ASKS_OF_OURS.filter((part) => part !== 'inspection').map((part) => optional('parts', part)),
    ...payments.tools.flatMap(({ id }) => [
      needed('tools', id, 'name'),
      needed('tools', id, 'rule'),
      needed('tools', id, 'steps'),
    ]),
    ...payments.modes.flatMap((mode) => [
      needed('modes', mode, 'name'),
      optional('modes', mode, 'official'),
      needed('modes', mode, 'photo'),
    ]),
    ...payments.results.map(({ id }) => needed('results', id)),
    ...inspection.differs.map(({ id }) => needed('inspection', 'differs', id)),
    ...inspection.problems.map(({ id }) => needed('inspection', 'problems', id)),
    ...inspection.cannot.map((id) => needed('inspection', 'cannot', id)),
    ...fees.map(({ id }) => needed('fees', id)),
  ];
  return [...new Map(words.map((word) => [word.path.join('.'), word])).values()];
}

function ofProduct(
  { id, steps }: ProgrammeFacts['products'][number],
  clauses: readonly string[],
): readonly ExpectedWord[] {
  const hasSpots = steps.some(({ repeats }) => repeats !== undefined);
  const hasCodes = steps.some(({ code }) => code !== undefined);
  return [
    ...['name', 'what', 'checks'].map((key) => needed('products', id, key)),
    { ...needed('products', id, 'where'), needed: hasSpots },
    { ...needed('products', id, 'foreignCode'), needed: hasCodes },
    { ...needed('products', id, 'stands'), needed: hasSpots, placeholders: ['spot'] },
    {
      ...needed('products', id, 'notFixed'),
      needed: steps.some(({ fields }) => fields.some(({ is }) => is === 'fixed')),
    },
    ...steps.flatMap((step) => photosOfSpot(id, step)),
    ...clauses.map((clause) => optional('products', id, 'policy', clause)),
  ];
}

function photosOfSpot(product: string, { repeats, slots }: Step): readonly ExpectedWord[] {
  if (repeats === undefined) return [];
  return slots.flatMap(({ id, required }) => [
    { ...needed('products', product, 'photos', id, 'shows'), needed: required },
    optional('products', product, 'photos', id, 'inLine'),
    optional('products', product, 'photos', id, 'next'),
  ]);
}

function ofStep({ id: step, repeats, fields, slots }: Step): readonly ExpectedWord[] {
  return [
    ...(repeats === undefined && fields.length > 0
      ? [needed('steps', step, 'name'), optional('steps', step, 'why')]
      : []),
    ...fields.flatMap(({ id, label = id, is, options = [] }) => [
      needed('fields', label, 'label'),
      optional('fields', label, 'placeholder'),
      ...options.map((option) => needed('options', id, option.id)),
      ...(is === 'spotType'
        ? options.map((option) => ({ ...needed('spots', option.id), placeholders: ['number'] }))
        : []),
    ]),
    ...slots.flatMap(({ id, example }) => [
      needed('slots', id, 'name'),
      ...['title', 'missing', 'replaces', 'how'].map((key) => optional('slots', id, key)),
      { ...needed('slots', id, 'example'), needed: example !== undefined },
    ]),
  ];
}

function needed(...path: readonly string[]): ExpectedWord {
  return { path, needed: true, placeholders: [] };
}

function optional(...path: readonly string[]): ExpectedWord {
  return { path, needed: false, placeholders: [] };
}
