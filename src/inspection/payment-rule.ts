import { saysOne } from '../domain/inspection-rules.ts';
import type { Assignment, Inspection, Payment, PaymentMode, PaymentTool } from './inspection.ts';

/** Whether the shop takes only Alipay: as the inspector corrected it, else as the task says. */
export function takesOnlyAlipay({ onlyAlipay }: Inspection, { acceptsOnlyAlipay }: Assignment): boolean {
  return onlyAlipay ?? acceptsOnlyAlipay;
}

/** The tool for such a shop: the guide's rule is Alipay for one that takes only Alipay, Alipay+ Linker for any other (domain A.12-16). */
export function toolByRule(inspection: Inspection, assignment: Assignment): PaymentTool {
  const when = takesOnlyAlipay(inspection, assignment) ? 'onlyAlipay' : 'other';
  return assignment.rules.tools.find((tool) => tool.when === when)?.id ?? '';
}

/** The tool that was chosen, as long as the rule allows it: the task may say something else meanwhile. */
export function chosenTool(inspection: Inspection, assignment: Assignment): PaymentTool | undefined {
  return inspection.tool === toolByRule(inspection, assignment) ? inspection.tool : undefined;
}

/** A way of paying as it was tried with the tool that counts. */
export function paymentIn(inspection: Inspection, assignment: Assignment, mode: PaymentMode): Payment | undefined {
  const tool = chosenTool(inspection, assignment);
  return inspection.payments.find((payment) => payment.mode === mode && payment.tool === tool);
}

/** The modes that must be tried: all, unless the shop was found closed. */
export function requiredModes({ store }: Inspection, { rules }: Assignment): readonly PaymentMode[] {
  return saysOne(store?.differs, rules.differs, 'closedToday') ? [] : rules.modes;
}
