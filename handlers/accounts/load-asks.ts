import { type AccountAsk, findAsk } from '../../models/account-asks.ts';
import { findTask } from '../../models/inspection-tasks.ts';
import { findIso } from '../../models/isos.ts';
import { adminsOf, findPerson, namesOf } from '../../models/people.ts';
import { accountOf, accountsOf, findTestAccount, type TestAccount } from '../../models/test-accounts.ts';
import { type LoadCard, OLD_CARD } from '../../src/delivery/render-cards.ts';
import { maskedAccount } from '../../src/domain/test-account.ts';
import { forAdmins } from '../team/for-admins.ts';

const byName = new Intl.Collator('en', { numeric: true });

/** What somebody of the ISO asks for: in a record, or `opened` from the list. */
export function loadRequest(opened: boolean): LoadCard {
  return forAdmins(async (card, viewer, isoId, _now, seen) => {
    const ask = await findAsk(card.subject.id, seen);
    if (ask?.isoId !== isoId) return OLD_CARD;
    const { askId, userId, askedAt, answeredBy, endedAt, version } = ask;
    const isTheirs = userId === viewer.userId;
    const [iso, who, task, account, [free], names, admins] = await Promise.all([
      findIso(isoId, seen),
      findPerson(userId),
      ask.taskId === undefined ? undefined : findTask(ask.taskId),
      accountAsked(ask),
      freeAccounts(isoId),
      namesOf(answeredBy === undefined ? [] : [answeredBy]),
      isTheirs ? adminsOf(isoId) : [],
    ]);
    return {
      name: 'account.request',
      model: {
        askId,
        name: who?.name ?? '',
        state: stateOf(ask, account),
        shop: task?.storeName,
        askedAt,
        account: account && maskedAccount(account.name),
        free,
        given: answeredBy === undefined ? undefined : { by: names.get(answeredBy) ?? '', at: endedAt ?? askedAt },
        mayAnswer: !isTheirs || admins.length === 1,
        opened,
        timeZone: iso?.timeZone ?? 'UTC',
      },
      version,
      isOver: ask.state !== 'OPEN',
    };
  });
}

function stateOf({ state }: AccountAsk, account: TestAccount | undefined): 'account' | 'password' | 'given' | 'over' {
  if (state === 'ANSWERED') return 'given';
  if (state === 'DROPPED') return 'over';
  return account === undefined ? 'account' : 'password';
}

/** The one that they have; once it is answered, the one that it was about. */
async function accountAsked({ state, userId, isoId, accountId }: AccountAsk): Promise<TestAccount | undefined> {
  if (state === 'OPEN') return await accountOf(userId, isoId);
  return accountId === undefined ? undefined : await findTestAccount(accountId);
}

/** Which account somebody gets; where it is not to be chosen any more, how what they ask stands. */
export const loadChoose: LoadCard = async (card, viewer, now, seen) => {
  const request = await loadRequest(true)(card, viewer, now, seen);
  if (request.name !== 'account.request' || request.model.state !== 'account' || !request.model.mayAnswer)
    return request;
  const { askId, name } = request.model;
  const free = await freeAccounts(viewer.isoId ?? '');
  return { name: 'account.choose', model: { askId, name, free }, version: request.version };
};

/** The name of a new account, for the list or for somebody who asks. */
export const loadNew: LoadCard = async (card, viewer, now, seen) => {
  if (card.subject.kind !== 'accountAsk')
    return await forAdmins(async () => ({ name: 'account.new', model: {}, version: 0 }))(card, viewer, now);
  const request = await loadRequest(true)(card, viewer, now, seen);
  if (request.name !== 'account.request' || request.model.state !== 'account' || !request.model.mayAnswer)
    return request;
  return { name: 'account.new', model: { name: request.model.name }, version: request.version };
};

async function freeAccounts(isoId: string): Promise<readonly { readonly accountId: string; readonly name: string }[]> {
  const free = (await accountsOf(isoId)).filter(({ state }) => state === 'FREE');
  return free
    .map(({ accountId, name }) => ({ accountId, name: maskedAccount(name) }))
    .sort((one, other) => byName.compare(one.name, other.name));
}
