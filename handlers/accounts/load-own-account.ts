import { openAskOf } from '../../models/account-asks.ts';
import { findIso } from '../../models/isos.ts';
import { namesOf } from '../../models/people.ts';
import { findTestAccount } from '../../models/test-accounts.ts';
import type { LoadCard } from '../../src/delivery/render-cards.ts';

/** The account of whoever reads it; of one that they do not have, or no more, nothing stands there. */
export function loadOwnAccount(opened: boolean): LoadCard {
  return async (card, { userId, isoId = '' }) => {
    const { id: accountId } = card.subject;
    const [iso, account, ask] = await Promise.all([
      findIso(isoId),
      findTestAccount(accountId),
      openAskOf(userId, isoId),
    ]);
    const timeZone = iso?.timeZone ?? 'UTC';
    if (account?.isoId !== isoId || account.holderId !== userId)
      return { name: 'account.given', model: { accountId, opened, timeZone }, version: account?.version ?? 0 };
    const { name, toldBy, toldAt, version } = account;
    const by = toldBy === undefined ? '' : ((await namesOf([toldBy])).get(toldBy) ?? '');
    return {
      name: 'account.given',
      model: {
        accountId,
        account: name,
        askedAt: ask?.askedAt,
        told: toldAt === undefined ? undefined : { by, at: toldAt },
        opened,
        timeZone,
      },
      version,
    };
  };
}
