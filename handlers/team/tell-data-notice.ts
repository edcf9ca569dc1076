import type { Clock } from '@field/kit/clock';
import { derivedId } from '@field/kit/ids';
import { findDataNotice, type StoredNotice } from '../../models/data-notices.ts';
import { adminsOf } from '../../models/people.ts';
import { sendRecord } from '../../models/record-cards.ts';
import { inTransaction } from '../../models/transaction.ts';
import { type LoadCard, OLD_CARD } from '../../src/delivery/render-cards.ts';

/** Tells every admin of an ISO what is odd about its data; told again, it is the same card. */
export async function tellDataNotice(clock: Clock, { noticeId, isoId }: StoredNotice): Promise<void> {
  await inTransaction(async (tx) => {
    for (const { userId } of await adminsOf(isoId, tx)) {
      const intent = derivedId('dataNotice', noticeId, userId);
      const card = { kind: 'record', view: 'team.dataNotice', subject: { kind: 'dataNotice', id: noticeId } } as const;
      await sendRecord({ ...card, intent, to: userId }, clock.now(), tx);
    }
  });
}

/** For an admin of that ISO only. */
export const loadDataNotice: LoadCard = async (card, viewer) => {
  const found = await findDataNotice(card.subject.id);
  if (found === undefined || found.isoId !== viewer.isoId || viewer.role !== 'ADMIN') {
    return OLD_CARD;
  }
  return { name: 'team.dataNotice', model: { kind: found.kind, what: found.what }, version: 1 };
};
