import { openAskOf } from '../../models/account-asks.ts';
import { findIso } from '../../models/isos.ts';
import { namesOf } from '../../models/people.ts';
import type { Seen } from '../../models/read-ahead.ts';
import { findTestAccount } from '../../models/test-accounts.ts';
import type { LoadCard } from '../../src/delivery/render-cards.ts';

/** The account of whoever reads it; of one that they do not have, or no more, nothing stands there. */
export function loadOwnAccount(opened: boolean): LoadCard {
  return async (card, { userId, isoId = '' }, _now, seen) => {
    const { id: accountId } = card.subject;
    const [iso, { account, by = '' }, ask] = await Promise.all([
      findIso(isoId, seen),
      accountTold(accountId, seen),
      openAskOf(userId, isoId),
    ]);
    const timeZone = iso?.timeZone ?? 'UTC';
    if (account?.isoId !== isoId || account.holderId !== userId)
      return { name: 'account.given', model: { accountId, opened, timeZone }, version: account?.version ?? 0 };
    const { name, toldAt, version } = account;
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

/** With the name of who told its password. */
async function accountTold(accountId: string, seen: Seen | undefined) {
  const account = await findTestAccount(accountId, seen);
  const { toldBy } = account ?? {};
  return { account, by: toldBy === undefined ? undefined : (await namesOf([toldBy])).get(toldBy) };
}
