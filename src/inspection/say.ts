import { withSpot } from './forms.ts';
import type { Assignment, Inspection, PaymentTool } from './inspection.ts';
import { answered, open } from './parts.ts';
import { toolByRule } from './payment-rule.ts';

/** `Everything matches`: the shop is as it was submitted. */
export function everythingMatches(inspection: Inspection): Inspection {
  return { ...answered(inspection, { kind: 'differs' }, { kind: 'store' }), store: { differs: [] } };
}

/** `Good`: the spot is as it was submitted. */
export function spotIsGood(inspection: Inspection, { spots }: Assignment, spotRef: string): Inspection {
  if (!spots.some((spot) => spot.spotRef === spotRef)) return inspection;
  return withSpot(inspection, { spotRef, problems: [] });
}

/** `Inspect after all`: the shop can be looked at. */
export function inspectAfterAll(inspection: Inspection): Inspection {
  const { cannot: _cannot, ...rest } = answered(inspection, { kind: 'cannot' });
  return rest;
}

/** A tool was selected: the one that the rule says is taken, the other asks about the shop first (domain A.12-16). */
export function chooseTool(inspection: Inspection, assignment: Assignment, tool: PaymentTool): Inspection {
  if (tool !== toolByRule(inspection, assignment)) return open(inspection, { kind: 'onlyAlipay', instead: tool });
  return withTool(inspection, tool);
}

/** *Does the shop take only Alipay?* was answered: the fact is corrected where the task says otherwise, and the rule decides. */
export function sayOnlyAlipay(inspection: Inspection, assignment: Assignment, onlyAlipay: boolean): Inspection {
  const { onlyAlipay: _before, ...rest } = inspection;
  const said = onlyAlipay === assignment.acceptsOnlyAlipay ? rest : { ...rest, onlyAlipay };
  return withTool(said, toolByRule(said, assignment));
}

function withTool(inspection: Inspection, tool: PaymentTool): Inspection {
  const { opened, ...rest } = answered(inspection, { kind: 'tool' });
  return { ...rest, opened: opened?.kind === 'onlyAlipay' ? undefined : opened, tool };
}
