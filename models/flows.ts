import { AppError } from '@field/kit/errors';
import type { FlowDefinition } from '../src/domain/flows/definition.ts';
import type { Product } from '../src/domain/products.ts';

/** What a product asks by the programme that is worked by at this moment. */
export type FlowOf = (product: Product) => FlowDefinition;

let current: FlowOf | undefined;

/** Where drafts get what their product asks from, as `useDataKey`: told once, before anything is read. */
export function useFlows(flows: FlowOf): void {
  current = flows;
}

/** What a product asks now; whoever has read it goes on with it. */
export const flowOf: FlowOf = (product) => {
  if (current === undefined) throw new AppError('bug.unexpected', { why: 'a draft was read before useFlows' });
  return current(product);
};
