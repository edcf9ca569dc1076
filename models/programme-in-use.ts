import { AppError } from '@field/kit/errors';
import { bothRules } from '../src/domain/code.ts';
import type { FlowDefinition, Product } from '../src/domain/flows/definition.ts';
import type { InspectionRules } from '../src/domain/inspection-rules.ts';
import type { OrderOfWork } from '../src/domain/order-of-work.ts';
import type { FlowOf, VersionedProgramme } from '../src/programme/versioned-programme.ts';

/** Under which what says no version was made: a release before this one wrote it, which knew one programme only. */
export const FIRST_VERSION = 1;

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

const lastWith = new WeakMap<VersionedProgramme, Map<Product, Promise<VersionedProgramme>>>();

/** The one in use; where it has a product no more, the last one that had it: by that what was begun is held, in its words. */
export async function lastProgrammeWith(product: Product): Promise<VersionedProgramme> {
  const now = currentProgramme();
  if (has(now, product)) return now;
  const found = lastWith.get(now) ?? new Map<Product, Promise<VersionedProgramme>>();
  lastWith.set(now, found);
  const looked = found.get(product) ?? lookedBack(now, product);
  found.set(product, looked);
  return await looked;
}

async function lookedBack(now: VersionedProgramme, product: Product): Promise<VersionedProgramme> {
  for (let version = now.version - 1; version >= FIRST_VERSION; version -= 1) {
    const then = await programmeAt(version);
    if (has(then, product)) return then;
  }
  return now;
}

function has({ programme }: VersionedProgramme, product: Product): boolean {
  return programme.products.some(({ id }) => id === product);
}

/** Those of several versions, to be asked for without waiting. */
export async function programmesAt(versions: Iterable<number>): Promise<(version: number) => VersionedProgramme> {
  const held = new Map<number, VersionedProgramme>();
  for (const version of new Set(versions)) held.set(version, await programmeAt(version));
  return (version) => {
    const found = held.get(version);
    if (found === undefined) throw new AppError('bug.unexpected', { why: `version ${version} was not asked for` });
    return found;
  };
}

/** What a product asks now; whoever has read it goes on with it. */
export const flowOf: FlowOf = (product) => currentProgramme().flowOf(product);

/**
 * What a product asked by an earlier version, with the codes of the one in use as well: what is found out about codes since, holds for
 * what was submitted before.
 */
export function flowBy(then: VersionedProgramme, product: Product, order?: OrderOfWork): FlowDefinition {
  const flow = then.flowOf(product, order);
  const now = currentProgramme();
  return now === then ? flow : { ...flow, codes: bothRules(now.flowOf(product).codes, flow.codes) };
}

/** How payments and inspections are by an earlier version, with the codes as in `flowBy`. */
export function inspectionBy(then: VersionedProgramme): InspectionRules {
  const now = currentProgramme();
  return now === then
    ? then.inspection
    : { ...then.inspection, codes: bothRules(now.inspection.codes, then.inspection.codes) };
}

/** The products of the programme that is worked by now, in the order of its menu. */
export function productsNow(): readonly Product[] {
  return currentProgramme().programme.products.map(({ id }) => id);
}

/** Those that are promoted now. */
export function productsOffered(): readonly Product[] {
  return productsNow().filter((product) => flowOf(product).isOffered);
}

function programmes(): Programmes {
  if (known === undefined) throw new AppError('bug.unexpected', { why: 'a programme was read before useProgrammes' });
  return known;
}
