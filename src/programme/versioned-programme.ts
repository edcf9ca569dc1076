import type { FlowDefinition, Product } from '../domain/flows/definition.ts';
import type { InspectionRules } from '../domain/inspection-rules.ts';
import type { OrderOfWork } from '../domain/order-of-work.ts';
import type { Reasons } from '../domain/reasons.ts';
import { codeRulesOfAll } from './code-rules.ts';
import type { ProgrammeFile } from './files.ts';
import { flowOfProduct } from './flow-of-product.ts';
import { examplesIn } from './pictures.ts';
import type { Programme } from './programme.ts';
import { reasonsOf } from './reasons-of.ts';

/** What a product asks by a programme, in an order of work; in the plain one unless told. */
export type FlowOf = (product: Product, order?: OrderOfWork) => FlowDefinition;

/** A programme with the version under which its words are kept, and what rules of ours read of it. */
export interface VersionedProgramme {
  readonly version: number;
  readonly programme: Programme;
  readonly flowOf: FlowOf;
  readonly reasons: Reasons;
  /** Its example pictures, JPEG, by the names that its photos say. */
  readonly pictures: ReadonlyMap<string, Uint8Array>;
  readonly inspection: InspectionRules;
}

/** What follows from a programme is made when it is asked for, each once. */
export function versionedProgramme(
  version: number,
  programme: Programme,
  files: readonly ProgrammeFile[],
): VersionedProgramme {
  const flows = new Map<string, FlowDefinition>();
  return {
    version,
    programme,
    flowOf(product, order = 'plain') {
      const flow = flows.get(`${order}:${product}`) ?? flowOfProduct(programme, product, order);
      flows.set(`${order}:${product}`, flow);
      return flow;
    },
    reasons: reasonsOf(programme),
    pictures: examplesIn(files),
    inspection: { ...programme.payments, ...programme.inspection, codes: codeRulesOfAll(programme) },
  };
}
