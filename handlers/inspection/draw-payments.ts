import type { InspectionJob } from '../../cards/inspection/job.ts';
import type { AccountAsk } from '../../models/account-asks.ts';
import type { TestAccount } from '../../models/test-accounts.ts';
import type { LoadedView } from '../../src/delivery/render-cards.ts';
import { formOf } from '../../src/inspection/forms.ts';
import type { Assignment, Inspection } from '../../src/inspection/inspection.ts';
import { partKey } from '../../src/inspection/parts.ts';
import { toolByRule } from '../../src/inspection/payment-rule.ts';
import type { Place } from '../../src/inspection/place.ts';
import type { VersionedProgramme } from '../../src/programme/versioned-programme.ts';
import { currencyIn } from './programme-of-task.ts';

/** What the cards of payments are drawn from, those of an inspection and those of a promotion. */
export interface DrawnPayments {
  readonly inspection: Inspection;
  readonly assignment: Assignment;
  readonly programme: VersionedProgramme;
  readonly countryRegion: string;
  readonly account: TestAccount | undefined;
  readonly ask: AccountAsk | undefined;
}

type PaymentPlace = Extract<Place, { kind: 'tool' | 'onlyAlipay' | 'payment' | 'paymentPhoto' }>;

export function isOfPayments(place: Place): place is PaymentPlace {
  return ['tool', 'onlyAlipay', 'payment', 'paymentPhoto'].includes(place.kind);
}

export function drawnPayments(drawn: DrawnPayments, job: InspectionJob, place: PaymentPlace): LoadedView {
  const { inspection, assignment } = drawn;
  switch (place.kind) {
    case 'tool':
      return { name: 'inspection.tool', model: { job, ...toolsOf(inspection, assignment) } };
    case 'onlyAlipay':
      return { name: 'inspection.onlyAlipay', model: { job } };
    case 'payment':
      return drawnPayment(drawn, job, place);
    case 'paymentPhoto':
      return { name: 'inspection.photo', model: { job, of: place.mode } };
  }
}

function drawnPayment(
  { inspection, assignment, programme, countryRegion, account, ask }: DrawnPayments,
  job: InspectionJob,
  place: Extract<PaymentPlace, { kind: 'payment' }>,
): LoadedView {
  const { rules } = assignment;
  const tool = toolByRule(inspection, assignment);
  const { links = {}, account: needsAccount = false } = rules.tools.find(({ id }) => id === tool) ?? {};
  return {
    name: 'inspection.payment',
    model: {
      job,
      mode: place.mode,
      tool,
      isFirst: rules.modes[0] === place.mode,
      links,
      needsAccount,
      account: account?.name,
      askedAt: ask?.askedAt,
      toldAt: account?.toldAt,
      currency: currencyIn(programme, countryRegion),
      form: { ...formOf(inspection, assignment, place), ref: partKey(place) },
    },
  };
}

/** The tool that the rule says, and the others. */
function toolsOf(inspection: Inspection, assignment: Assignment) {
  const byRule = toolByRule(inspection, assignment);
  return { byRule, others: assignment.rules.tools.map(({ id }) => id).filter((id) => id !== byRule) };
}
