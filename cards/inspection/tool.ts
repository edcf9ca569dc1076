import type { PaymentTool } from '../../src/inspection/inspection.ts';
import { plain, primary } from '../buttons.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';
import { toolName, toolRule } from '../vocabulary.ts';
import { type InspectionJob, inspectionHead, lastNote, wayOut } from './job.ts';

export interface SelectToolModel {
  readonly job: InspectionJob;
  /** What the guide's rule says. */
  readonly byRule: PaymentTool;
  readonly others: readonly PaymentTool[];
}

/** *Payment Verification*: the tools, the one that the rule says first, with its reason. */
export function selectTool({ job, byRule, others }: SelectToolModel, t: T): CardView {
  return {
    ...inspectionHead(t, job, t('name.paymentVerification')),
    body: [...lastNote(t, job), t('pay.select'), toolRule(t, byRule)],
    actions: [
      primary(toolName(t, byRule), 'inspection.tool', { tool: byRule }),
      ...others.map((tool) => plain(toolName(t, tool), 'inspection.tool', { tool })),
      ...wayOut(t),
    ],
  };
}
