import { AppError } from '@field/kit/errors';
import type { FlowDefinition } from '../src/domain/flows/definition.ts';
import type { Product } from '../src/domain/products.ts';
import type { Programme } from '../src/programme/programme.ts';

/** Under which what says no version was made: a release before this one wrote it, which knew one programme only. */
export const FIRST_VERSION = 1;

/** What a product asks by a programme. */
export type FlowOf = (product: Product) => FlowDefinition;

/** A programme with the version under which its words are kept. */
export interface VersionedProgramme {
  readonly version: number;
  readonly programme: Programme;
  readonly flowOf: FlowOf;
}

/** The programmes that a process knows. */
export interface Programmes {
  /** The one that is worked by at this moment; whoever begins something with it goes on with it. */
  current(): VersionedProgramme;
  /** One under which something was made. */
  at(version: number): Promise<VersionedProgramme>;
}

let known: Programmes | undefined;

/** Where what is stored gets its programme from, as `useDataKey`: told once, before anything is read. */
export function useProgrammes(programmes: Programmes): void {
  known = programmes;
}

/** The one that is worked by at this moment. */
export function currentProgramme(): VersionedProgramme {
  return programmes().current();
}

/** The one under which something was made: its words, deadlines and what it asks stay as they were. */
export async function programmeAt(version: number): Promise<VersionedProgramme> {
  return await programmes().at(version);
}

/** What a product asks now; whoever has read it goes on with it. */
export const flowOf: FlowOf = (product) => currentProgramme().flowOf(product);

function programmes(): Programmes {
  if (known === undefined) throw new AppError('bug.unexpected', { why: 'a programme was read before useProgrammes' });
  return known;
}
