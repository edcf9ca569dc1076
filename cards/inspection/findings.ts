import type { Finding } from '../../src/inspection/findings.ts';
import { shownDate } from '../dates.ts';
import { markdownText } from '../markdown.ts';
import { shorten } from '../shorten.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';
import { cannotReason, paymentResult, paymentWay, spotProblem, storeDifference } from '../vocabulary.ts';
import { type InspectedSpot, inspectedSpotName } from './job.ts';

/** What an inspector found wrong, for the admins: a record. It changes nothing; a review decides. */
export interface FindingsModel {
  readonly shop: string;
  readonly by: string;
  readonly at: number;
  readonly timeZone: string;
  readonly findings: readonly FindingModel[];
}

export type FindingModel =
  | Exclude<Finding, { kind: 'spot' }>
  | (Omit<Extract<Finding, { kind: 'spot' }>, 'spotRef'> & { readonly spot: InspectedSpot });

const SHOWN = 2;

export function findings({ shop, by, at, timeZone, findings: found }: FindingsModel, t: T): CardView {
  const notes = new Map(
    found.flatMap((one) => ('note' in one && one.note ? [[placeOf(t, one), one.note] as const] : [])),
  );
  const more = found.length - SHOWN;
  return {
    title: t('findings.title', { shop: shorten(shop, 18) }),
    tag: { text: t('findings.tag'), tone: 'warning' },
    body: [
      markdownText(t, 'findings.by', { name: shorten(by, 24), date: shownDate(t.language, at, timeZone) }),
      ...found
        .slice(0, SHOWN)
        .map((one) => `! ${markdownText(t, 'findings.one', { place: placeOf(t, one), what: whatOf(t, one) })}`),
      ...(found.length === 0 ? [t('findings.none')] : []),
      ...(more > 0 ? [t('findings.more', { count: more })] : []),
    ],
    facts: [...notes].map(([label, value]) => ({ label, value })),
    actions: [],
    note: t('findings.reviewDecides'),
  };
}

function placeOf(t: T, finding: FindingModel): string {
  switch (finding.kind) {
    case 'spot':
      return inspectedSpotName(t, finding.spot);
    case 'payment':
      return paymentWay(t, finding.mode);
    case 'cannot':
      return t('inspection.title.cannot');
    case 'store':
    case 'onlyAlipay':
      return t('inspection.shop');
  }
}

function whatOf(t: T, finding: FindingModel): string {
  switch (finding.kind) {
    case 'spot':
      return spotProblem(t, finding.problem);
    case 'payment':
      return paymentResult(t, finding.result);
    case 'cannot':
      return cannotReason(t, finding.reason);
    case 'store':
      return storeDifference(t, finding.differs);
    case 'onlyAlipay':
      return t(finding.is ? 'findings.onlyAlipay' : 'findings.notOnlyAlipay');
  }
}
