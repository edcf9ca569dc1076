import { HANDED_OVER, type HandedOverDoubt, type PolicyLimits } from '../domain/policy.ts';
import type { Draft, SpotKey } from './draft.ts';
import { type Finding, offer } from './offer.ts';

/** What is in doubt of a submission, by what is handed over of it: each once. */
export interface SubmittedDoubts {
  readonly store: readonly HandedOverDoubt[];
  /** Of the place. */
  spot(key: SpotKey): readonly HandedOverDoubt[];
  /** Of what stands there. */
  posm(key: SpotKey): readonly HandedOverDoubt[];
}

type Doubt = Finding<HandedOverDoubt>;

const OF_CODE: ReadonlySet<string> = new Set<HandedOverDoubt>(['codeNotOfIso', 'codeUnknown']);

/** What the draft says of itself when it is submitted, whatever its sender was asked about. */
export function submittedDoubts(draft: Draft, limits?: PolicyLimits): SubmittedDoubts {
  const { doubts, noted } = offer(draft, limits);
  const all = [...doubts, ...noted].filter((found): found is Doubt => isHandedOver(found.code));
  const ofPosm = new Set(
    draft.flow.steps.flatMap(({ slots }) => slots.filter((slot) => slot.ofPosm === true).map(({ name }) => name)),
  );
  const isOfPosm = ({ code, slot }: Doubt): boolean => OF_CODE.has(code) || (slot !== undefined && ofPosm.has(slot));
  const codes = (belongs: (found: Doubt) => boolean) => [...new Set(all.filter(belongs).map(({ code }) => code))];
  return {
    store: codes(({ spot }) => spot === undefined),
    spot: (key) => codes((found) => found.spot === key && !isOfPosm(found)),
    posm: (key) => codes((found) => found.spot === key && isOfPosm(found)),
  };
}

function isHandedOver(code: string): code is HandedOverDoubt {
  return HANDED_OVER.some((one) => one === code);
}
