import type mongoose from 'mongoose';
import type { Migration } from './migration.ts';

/** As the first release named views, and what they have been called since. */
const NAMED_NOW: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'association-request': 'association.request',
    waiting: 'association.waiting',
    'data-notice': 'team.dataNotice',
    'team-requests': 'team.requests',
    'team-request': 'team.request',
    'team-approve': 'team.approve',
    'team-people': 'team.people',
    'team-person': 'team.person',
    'team-search': 'team.search',
    'team-invite': 'team.invite',
    'team-poster': 'team.poster',
    'team-failed': 'team.failed',
    'team-failed-item': 'team.failedItem',
    'team-tasks': 'team.tasks',
    'team-groups': 'team.groups',
    'team-limits': 'team.limits',
    'team-more': 'team.more',
    'limit-notice': 'team.limitNotice',
    'association-reject': 'association.reject',
    'association-reject-why': 'association.rejectWhy',
    inspections: 'inspection.home',
    'inspection-tasks': 'inspection.tasks',
    'inspection-payments': 'inspection.payments',
    'inspection-results': 'inspection.results',
    'inspection-submitted': 'inspection.submitted',
    'inspection-findings': 'inspection.findings',
    'account-request': 'account.request',
    'account-form': 'account.form',
    'account-given': 'account.given',
    'promotion-intro': 'promotion.intro',
    'promotion-policy': 'promotion.policy',
    'promotion-discard': 'promotion.discard',
    submitted: 'promotion.submitted',
    'submitted-details': 'promotion.opened',
    'result-day': 'review.day',
    results: 'review.mine',
    'results-month': 'review.month',
    'result-list': 'review.list',
    item: 'review.item',
    'item-history': 'review.history',
    resent: 'review.resent',
    appeal: 'review.appeal',
    'appeal-why': 'review.appealWhy',
    'appeal-sent': 'review.appealSent',
    'appeal-answer': 'review.answer',
    fraud: 'review.fraud',
  }),
);

interface Row {
  readonly _id: string;
  readonly view?: string;
  readonly move?: { readonly content?: { readonly view: string } };
}

const AT_ONCE = 500;

/** The first release had other names for most views. A card of a name that it does not know each release shows as one that is done. */
export const nameViewsByOneVocabulary: Migration = {
  id: 3,
  name: 'name-views-by-one-vocabulary',
  readableFrom: 0,
  async up({ db, checkpoint, reached }) {
    const cards = db.collection<Row>('cards');
    for (let last = checkpoint ?? ''; ; ) {
      const next = await renameAfter(last, cards, 'view', ({ view }) => view);
      if (next === undefined) break;
      last = next;
      await reached(last);
    }
    // only those who are owed a card name one: a handful, looked through anew each time
    const people = db.collection<Row>('peoples');
    for (let last: string | undefined = ''; last !== undefined; ) {
      last = await renameAfter(last, people, 'move.content.view', ({ move }) => move?.content?.view);
    }
  },
};

/** Renames what the next rows after `last` name in `field`; answers the last of them, or undefined when there was none. */
async function renameAfter(
  last: string,
  rows: mongoose.mongo.Collection<Row>,
  field: string,
  nameIn: (row: Row) => string | undefined,
): Promise<string | undefined> {
  const batch = await rows
    .find({ _id: { $gt: last }, [field]: { $in: [...NAMED_NOW.keys()] } }, { projection: { view: 1, move: 1 } })
    .sort({ _id: 1 })
    .limit(AT_ONCE)
    .toArray();
  for (const name of new Set(batch.map(nameIn))) {
    const named = batch.filter((row) => nameIn(row) === name).map(({ _id }) => _id);
    await rows.updateMany({ _id: { $in: named }, [field]: name }, { $set: { [field]: NAMED_NOW.get(name ?? '') } });
  }
  return batch.at(-1)?._id;
}
