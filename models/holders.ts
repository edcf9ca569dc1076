import type { IdSource } from '@field/kit/ids';

/** The same ids, but a lease is held under a token that begins with its process: all that one process holds can be found. */
export function idsOfProcess(process: string, ids: IdSource): IdSource {
  return { ...ids, lease: () => `${process}.${ids.lease()}` };
}

/** Every token of that process, of everybody without one. */
export function heldBy(process: string | undefined): { readonly $gte: string; readonly $lt?: string } {
  // the sign after the dot
  return process === undefined ? { $gte: '' } : { $gte: `${process}.`, $lt: `${process}/` };
}
