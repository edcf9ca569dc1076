import type { FormPart } from '../../src/inspection/forms.ts';
import { saidInTurn } from '../../src/inspection/in-turn.ts';
import { partKey } from '../../src/inspection/parts.ts';
import type { Change } from './task-at-hand.ts';

/** Of what was said of one part twice, the later tap counts, whichever comes first. */
export function inTurn(of: string, change: Change): Change {
  return (inspection, assignment, ctx) => {
    const { at, params } = ctx.update;
    return saidInTurn(inspection, { of, at, typed: params.extra }, (now) => change(now, assignment, ctx));
  };
}

/** A form and the tap beside it say the same part. */
export function saidBy(part: FormPart): string {
  if (part.kind === 'differs') return 'store';
  return part.kind === 'problem' ? `spot:${part.spotRef}` : partKey(part);
}
