import { isPolicyClause } from '../../cards/promotion/policy.ts';
import type { Happening } from '../../cards/review/history.ts';
import type { Appeal } from '../../models/appeals.ts';
import type { Item } from '../../models/item-rows.ts';
import { submissionTimes } from '../../models/submissions.ts';
import { submissionKey } from '../../src/daily/submission-line.ts';
import { isProduct } from '../../src/domain/products.ts';
import { reasonOf } from '../../src/domain/reason-codes.ts';

/** What happened to an item, oldest first: each time it was sent, the last decision, its appeal; then the policy's clauses. */
export async function happeningsOf(item: Item, appeal: Appeal | undefined): Promise<readonly Happening[]> {
  const happened = [...(await timesSent(item)), ...decision(item), ...appealed(appeal)];
  return [...happened.sort((one, other) => one.at - other.at), ...policies(item)];
}

type Dated = Exclude<Happening, { what: 'policy' }>;

async function timesSent({ itemRef, revision }: Item): Promise<Dated[]> {
  const revisions = Array.from({ length: revision }, (_, index) => index + 1);
  const times = await submissionTimes(revisions.map((one) => submissionKey(itemRef, one)));
  return revisions.flatMap((one) => {
    const at = times.get(submissionKey(itemRef, one));
    return at === undefined ? [] : [{ what: 'sent' as const, at, revision: one }];
  });
}

function decision({ judgement }: Item): Dated[] {
  switch (judgement?.decision) {
    case 'APPROVED':
      return [{ what: 'approved', at: judgement.decidedAt }];
    case 'REJECTED':
      return [{ what: 'failed', at: judgement.decidedAt }];
    case 'INVALIDATED':
      return [{ what: 'invalidated', at: judgement.decidedAt }];
    default:
      return [];
  }
}

function appealed(appeal: Appeal | undefined): Dated[] {
  if (appeal?.filedAt === undefined) return [];
  const sent: Dated = { what: 'appealSent', at: appeal.filedAt };
  if (appeal.decidedAt === undefined) return [sent];
  return [sent, { what: appeal.state === 'ACCEPTED' ? 'appealAccepted' : 'appealDenied', at: appeal.decidedAt }];
}

function policies({ judgement, product }: Item): Happening[] {
  if (judgement === undefined || judgement.decision === 'APPROVED') return [];
  const named = judgement.reasonCodes.flatMap((code) => (reasonOf(code).policy ?? '').split(', '));
  return [...new Set(named)].filter(isPolicyClause).map((clause) => ({
    what: 'policy',
    clause,
    product: isProduct(product) ? product : 'MARKETING_CODE',
  }));
}
