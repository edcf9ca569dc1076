import type { T } from '../../cards/text.ts';
import type { TextKey } from '../../cards/text-key.ts';
import type { CardView } from '../../cards/view.ts';
import type { ViewName } from '../../cards/views.ts';
import type { Asked, Card } from '../../models/cards.ts';
import type { SubjectKind } from '../platform/subject.ts';

/** What is asked in a shop, and what came of it: their titles name shops and spots, and no person. */
const OF_SHOPS: ReadonlySet<SubjectKind> = new Set([
  'draft',
  'product',
  'item',
  'submission',
  'appeal',
  'inspection',
  'resultDay',
  'reminder',
  'resultList',
]);

/** What people open besides, whose title may name them. */
const LISTS: Partial<Record<ViewName, TextKey>> = {
  menu: 'button.menu',
  help: 'help.title',
  language: 'language.title',
  association: 'join.title',
  team: 'button.team',
  'team.requests': 'button.requests',
  'team.people': 'button.people',
  'team.failed': 'button.failedSpots',
  'team.found': 'button.whatHappened',
  'team.tasks': 'button.tasks',
  'team.limits': 'button.limits',
  'account.list': 'button.accounts',
  'review.mine': 'button.myResults',
  'review.month': 'button.myResults',
  'inspection.home': 'name.SPOT_INSPECTION',
  'inspection.tasks': 'name.SPOT_INSPECTION',
  'team.fees': 'button.fees',
  'team.feeLines': 'button.fees',
  'team.feeLine': 'button.fees',
  'team.staffFees': 'button.fees',
  'team.payRate': 'button.fees',
  'review.fees': 'button.fees',
  'review.feeList': 'button.fees',
  'review.feeLine': 'button.fees',
  'association.leave': 'leave.title',
};

type Area = ViewName extends infer View ? (View extends `${infer First}.${string}` ? First : View) : never;

/** Where everything else stands. What nobody opens, or is in a group, moves on nowhere. */
const AREAS: Readonly<Record<Exclude<Area, 'digest' | 'group' | 'line' | 'notice'>, TextKey>> = {
  account: 'button.accounts',
  association: 'join.title',
  handOver: 'button.team',
  help: 'help.title',
  inspection: 'name.SPOT_INSPECTION',
  language: 'language.title',
  menu: 'button.menu',
  photos: 'part.photos',
  promotion: 'name.startPromotion',
  review: 'button.myResults',
  stock: 'option.list.stock',
  team: 'button.team',
};

/** What a card that is drawn so asks for, to be kept for the day when it is history. */
export function askedFor({ subject, kind, inGroup }: Card, { title, progress }: CardView): Asked | undefined {
  if (kind === 'line' || inGroup || title === '' || !OF_SHOPS.has(subject.kind)) return undefined;
  return { title, about: progress?.text };
}

/** What a card that is history asked for, as far as that is known. */
export function leftAt({ asked, view }: Card, t: T): Asked | undefined {
  const areas: Readonly<Partial<Record<string, TextKey>>> = AREAS;
  const key = LISTS[view] ?? areas[view.split('.')[0] ?? ''];
  return asked ?? (key === undefined ? undefined : { title: t(key) });
}
