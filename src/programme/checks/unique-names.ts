import { type Check, type Finding, repeated } from './check.ts';

/** A name stands for one thing: answers, photos and results are kept under it. */
export const uniqueNames: Check = (programme) => {
  const { products, codes, policy, payments, fees, inspection, languages } = programme;
  const ids = (all: readonly { readonly id: string }[]): readonly string[] => all.map(({ id }) => id);
  const lists: readonly (readonly [readonly (string | number)[], readonly string[]])[] = [
    [['languages'], languages],
    [['products'], ids(products)],
    [['codes', 'patterns'], ids(codes.patterns)],
    [['codes', 'foreign'], ids(codes.foreign)],
    [['policy', 'clauses'], ids(policy.clauses)],
    [['payments', 'tools'], ids(payments.tools)],
    [['payments', 'modes'], payments.modes],
    [['payments', 'results'], ids(payments.results)],
    [['inspection', 'differs'], ids(inspection.differs)],
    [['inspection', 'problems'], ids(inspection.problems)],
    [['inspection', 'cannot'], inspection.cannot],
    [['fees'], ids(fees)],
    ...products.flatMap(({ steps }, product) => [
      [['products', product, 'steps'], ids(steps)] as const,
      ...steps.flatMap(({ fields }, step) =>
        fields.map(({ options = [] }, field) => {
          const path = ['products', product, 'steps', step, 'fields', field, 'options'];
          return [path, ids(options)] as const;
        }),
      ),
    ]),
  ];
  const twice = lists.flatMap(([path, names]) =>
    repeated(names).map(
      ({ name, index }): Finding => ({
        path: [...path, index],
        say: `${name} stands there twice: give each a name of its own, or remove one`,
      }),
    ),
  );
  return [...twice, ...namesOfPromotions(programme)];
};

/** In a product, steps, fields and photos share one space of names: reasons ask for them by these. */
const namesOfPromotions: Check = ({ products }) =>
  products.flatMap(({ id, steps }, product) => {
    const known = new Map<string, string>(steps.map((step) => [step.id, 'a step']));
    return steps.flatMap((step, at) => {
      const parts = (['fields', 'slots'] as const).flatMap((kind) =>
        step[kind].map((part, index) => ({ kind, name: part.id, index })),
      );
      return parts.flatMap(({ kind, name, index }): readonly Finding[] => {
        const other = known.get(name);
        known.set(name, kind === 'fields' ? 'a field' : 'a photo');
        if (other === undefined) return [];
        const path = ['products', product, 'steps', at, kind, index, 'id'];
        return [{ path, say: `${name} is the name of ${other} of ${id} already: give it another` }];
      });
    });
  });
