import { PAYMENT_TOOLS, type PaymentTool } from '../../src/inspection/inspection.ts';
import { plain, primary } from '../buttons.ts';
import type { T } from '../text.ts';
import type { TextKey } from '../text-key.ts';
import type { CardView } from '../view.ts';
import { toolName } from '../vocabulary.ts';
import { type InspectionJob, inspectionHead, lastNote, wayOut } from './job.ts';

export interface SelectToolModel {
  readonly job: InspectionJob;
  /** What the guide's rule says. */
  readonly byRule: PaymentTool;
}

const RULES: Readonly<Record<PaymentTool, TextKey>> = {
  ALIPAY: 'pay.rule.ALIPAY',
  ALIPAY_PLUS_LINKER: 'pay.rule.ALIPAY_PLUS_LINKER',
};

/** *Payment Verification*: both tools, the one that the rule says first, with its reason. */
export function selectTool({ job, byRule }: SelectToolModel, t: T): CardView {
  const [other] = PAYMENT_TOOLS.filter((tool) => tool !== byRule);
  return {
    ...inspectionHead(t, job, t('name.paymentVerification')),
    body: [...lastNote(t, job), t('pay.select'), t(RULES[byRule])],
    actions: [
      primary(toolName(t, byRule), 'inspection.tool', { tool: byRule }),
      ...(other === undefined ? [] : [plain(toolName(t, other), 'inspection.tool', { tool: other })]),
      ...wayOut(t),
    ],
  };
}
