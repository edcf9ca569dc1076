import { idThatIs } from '../domain/inspection-rules.ts';
import type {
  Assignment,
  CannotReason,
  Inspection,
  PaymentMode,
  PaymentResult,
  SpotProblem,
  StoreDifference,
} from './inspection.ts';
import { paymentIn, requiredModes, takesOnlyAlipay } from './payment-rule.ts';
import { compareCode } from './slots.ts';

/** Something that an admin should know of a submitted inspection. */
export type Finding =
  | { readonly kind: 'cannot'; readonly reason: CannotReason; readonly note?: string | undefined }
  | { readonly kind: 'store'; readonly differs: StoreDifference; readonly note?: string | undefined }
  | {
      readonly kind: 'spot';
      readonly spotRef: string;
      readonly problem: SpotProblem;
      readonly note?: string | undefined;
    }
  | { readonly kind: 'payment'; readonly mode: PaymentMode; readonly result: PaymentResult }
  /** The task said it otherwise. */
  | { readonly kind: 'onlyAlipay'; readonly is: boolean };

/** What was found wrong, the gravest first; none when all is well. It changes no spot: only a review row does. */
export function findingsOf(inspection: Inspection, assignment: Assignment): readonly Finding[] {
  const { cannot, store } = inspection;
  if (cannot !== undefined) return [{ kind: 'cannot', ...cannot }];
  const note = store?.note === undefined ? {} : { note: store.note };
  const onlyAlipay = takesOnlyAlipay(inspection, assignment);
  const paid = idThatIs(assignment.rules.results, 'success');
  return [
    ...assignment.spots.flatMap(({ spotRef }) => spotFindings(inspection, assignment, spotRef)),
    ...(store?.differs ?? []).map((differs) => ({ kind: 'store', differs, ...note }) as const),
    ...requiredModes(inspection, assignment).flatMap((mode) => {
      const { result } = paymentIn(inspection, assignment, mode) ?? {};
      return result === undefined || result === paid ? [] : [{ kind: 'payment', mode, result } as const];
    }),
    ...(onlyAlipay === assignment.acceptsOnlyAlipay ? [] : [{ kind: 'onlyAlipay', is: onlyAlipay } as const]),
  ];
}

/** What was said of a spot; another code counts also where nobody said so. */
function spotFindings(inspection: Inspection, assignment: Assignment, spotRef: string): readonly Finding[] {
  const said = inspection.spots.find((spot) => spot.spotRef === spotRef);
  const note = said?.note === undefined ? {} : { note: said.note };
  const problems = problemsAt(inspection, assignment, spotRef);
  return problems.map((problem) => ({ kind: 'spot', spotRef, problem, ...note }));
}

/** What is wrong at a spot: as it was said, and another code where one was read. */
export function problemsAt(inspection: Inspection, assignment: Assignment, spotRef: string): readonly SpotProblem[] {
  const said = inspection.spots.find((spot) => spot.spotRef === spotRef)?.problems ?? [];
  const otherCode = idThatIs(assignment.rules.problems, 'otherCode');
  if (otherCode === undefined || said.includes(otherCode)) return said;
  return compareCode(inspection, assignment, spotRef).kind === 'other' ? [...said, otherCode] : said;
}
