import { STEPS_OF_OURS } from '../work-schema.ts';
import { type Check, type Finding, listed, unknownIn } from './check.ts';

const ORDERS = ['plain', 'verify-then-deploy', 'deploy-then-verify'] as const;

/** Orders name the steps that there are, all of them, once; what stands at a spot is where spots are. */
export const steps: Check = (programme) => [...ordersOf(programme), ...placesOf(programme), ...codesOf(programme)];

const ordersOf: Check = ({ orders, products }) => {
  const defined: readonly string[] = [...new Set(products.flatMap((product) => product.steps.map(({ id }) => id)))];
  const known = [...defined, ...STEPS_OF_OURS];
  return ORDERS.flatMap((name): readonly Finding[] => {
    const order: readonly string[] = orders[name];
    const findings: Finding[] = unknownIn(order, known).map(({ name: step, index }) => ({
      path: ['orders', name, index],
      say: `${step} is no step of any product: write one of ${known.join(', ')}`,
    }));
    const say = (said: string): number => findings.push({ path: ['orders', name], say: said });
    for (const step of defined) if (!order.includes(step)) say(`leaves out ${step}: it would never be asked. Add it`);
    if (new Set(order).size < order.length) say('names a step twice: remove one');
    if (order.at(-1) !== 'summary') say('must end with summary, where it is submitted');
    const verifies = order.indexOf('verification');
    if (name === 'plain' && verifies >= 0) say('has no verification: use another order for that');
    if (name !== 'plain' && verifies < 0) say('must have verification in it');
    return findings;
  });
};

const placesOf: Check = ({ products }) =>
  products.flatMap((product, index): readonly Finding[] => {
    const findings: Finding[] = [];
    const repeating = product.steps.flatMap(({ repeats }, step) => (repeats === undefined ? [] : [step]));
    for (const step of repeating.slice(1)) {
      const say = `repeats, as another step of ${product.id} does: one step for spots is what there may be`;
      findings.push({ path: ['products', index, 'steps', step, 'repeats'], say });
    }
    product.steps.forEach(({ id, repeats, code, slots }, step) => {
      const path = ['products', index, 'steps', step];
      if (STEPS_OF_OURS.some((ours) => ours === id))
        findings.push({ path: [...path, 'id'], say: `${id} is there by itself: give this step another name` });
      if (code !== undefined && repeats === undefined)
        findings.push({ path: [...path, 'code'], say: 'stands in a step without spots: add repeats: spot' });
      if (code === undefined && slots.some(({ showsCode }) => showsCode))
        findings.push({
          path: [...path, 'slots'],
          say: 'has a photo with showsCode, but no code: add code, or remove it',
        });
    });
    return findings;
  });

const codesOf: Check = ({ products, codes }) => {
  const known = codes.patterns.map(({ id }) => id);
  return products.flatMap((product, index) =>
    product.steps.flatMap(({ code }, step) =>
      unknownIn(code?.patterns ?? [], known).map(
        ({ name, index: at }): Finding => ({
          path: ['products', index, 'steps', step, 'code', 'patterns', at],
          say: `${name} is no pattern of codes.patterns: ${listed(known)}`,
        }),
      ),
    ),
  );
};
