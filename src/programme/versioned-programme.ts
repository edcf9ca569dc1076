import type { FlowDefinition } from '../domain/flows/definition.ts';
import type { Product } from '../domain/products.ts';
import type { Reasons } from '../domain/reasons.ts';
import { flowOfProduct } from './flow-of-product.ts';
import type { Programme } from './programme.ts';
import { reasonsOf } from './reasons-of.ts';

/** What a product asks by a programme. */
export type FlowOf = (product: Product) => FlowDefinition;

/** A programme with the version under which its words are kept, and what rules of ours read of it. */
export interface VersionedProgramme {
  readonly version: number;
  readonly programme: Programme;
  readonly flowOf: FlowOf;
  readonly reasons: Reasons;
}

/** What follows from a programme is made when it is asked for, each once. */
export function versionedProgramme(version: number, programme: Programme): VersionedProgramme {
  const flows = new Map<Product, FlowDefinition>();
  return {
    version,
    programme,
    flowOf(product) {
      const flow = flows.get(product) ?? flowOfProduct(programme, product);
      flows.set(product, flow);
      return flow;
    },
    reasons: reasonsOf(programme),
  };
}
