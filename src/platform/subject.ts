/** What cards are about, and what its id names; both travel in every tap as `kind:id`. */
export const SUBJECT_KINDS = [
  // of one person, by userId: menus, and lists of their own
  'person',
  // what an admin is asked before somebody's place in the ISO changes: `remove/userId`
  'memberChange',
  // a page of a list, by its number
  'page',
  // one of the lists of the team that can be searched, by its name
  'list',
  // a request to join, by its id; those that wait, by ISO
  'association',
  'waiting',
  // the invitations that nobody answers, by ISO
  'unanswered',
  // the invitations that a person has, by userId
  'invitations',
  // the fees of a month, `202611/fee`; a page of the lines of one number there, `202611/fee/number/page`
  'fees',
  // what an ISO promoted on a day or in a month, `20261124/page`, `202611/page`
  'promotionData',
  // a person's own of a month, `202611`, and a page of those of one fee, `202611/fee/page`
  'ownFees',
  // one of these lines, by its id
  'feeLine',
  // what an ISO counts for a fee, by the fee's name
  'payRate',
  // a group, by its conversation; what a day brought its ISO
  'group',
  'digest',
  // what an ISO's admins are told: data that did not come, and a month's limit
  'dataNotice',
  'limit',
  // a product, by its name; a draft of a promotion, and what was submitted of it
  'product',
  'draft',
  'promotion',
  // what is reviewed, by `itemRef`; one revision of it, `itemRef#revision`; an appeal
  'item',
  'submission',
  'appeal',
  // what happened to an item, to a person and by a daily file: `page/itemRef`, `page/userId`, `page/file`
  'story',
  // the photos of a piece of work, `kind/id/page`; one of them, `kind/id/page/photoId`
  'photoList',
  'photo',
  // what a day brought a person, and of what they are reminded on one, by the day; a list of results, `of/page`
  'resultDay',
  'reminder',
  'resultList',
  // open work of an ISO: in nobody's hands, or in somebody's
  'work',
  // a task; a test account, what is asked before something of it ends (`retire/accountId`), and that somebody asks for one
  'inspection',
  'testAccount',
  'accountChange',
  'accountAsk',
  // a list that somebody asked for as a file
  'export',
  // the codes that somebody has, by userId; who gets those that photos show, by userId
  'stock',
  'allotting',
  // what somebody asked the admins within an hour
  'question',
  // what another release knew and this one does not: it is shown, and nothing is done to it
  'gone',
] as const;
export type SubjectKind = (typeof SUBJECT_KINDS)[number];

/** What photos are sent for that only say something: they are read, and nothing of them is kept. */
export function isOnlyRead(kind: SubjectKind): boolean {
  return kind === 'allotting';
}

export interface Subject {
  readonly kind: SubjectKind;
  readonly id: string;
}

export function isSubjectKind(kind: string): kind is SubjectKind {
  return SUBJECT_KINDS.some((known) => known === kind);
}
