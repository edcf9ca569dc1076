import { countUnknownKinds } from '../../models/bindings.ts';
import type { PartHealth } from '../web/health.ts';
import type { Figure } from '../web/metrics.ts';

/** Kinds of codes that an operator has to decide about, as a number for the metrics. */
export const UNKNOWN_CODES: Figure = {
  name: 'unknown_code_kinds',
  read: countUnknownKinds,
};

/** Whether there are any, for the health page: everything else works with them. */
export async function codesHealth(): Promise<PartHealth> {
  const kinds = await countUnknownKinds();
  const detail = kinds ? `${kinds} kinds that nobody knows: npm run op -- programme codes list` : undefined;
  return { ok: kinds === 0, detail, essential: false };
}
