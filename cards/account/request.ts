import { labelWith, plain, primary } from '../buttons.ts';
import { markdownText } from '../markdown.ts';
import { shorten } from '../shorten.ts';
import type { T } from '../text.ts';
import type { CardAction, CardView } from '../view.ts';
import { accountsButton } from './accounts-button.ts';
import { shownWhen } from './when.ts';

/** Somebody asks for a test account and its password: a record for each admin of the ISO, and opened from the list. */
export interface AccountRequestModel {
  readonly askId: string;
  readonly name: string;
  /** What is asked for now; `over`: it is not needed any more. */
  readonly state: 'account' | 'password' | 'given' | 'over';
  /** The shop for whose inspection it is. */
  readonly shop?: string | undefined;
  readonly askedAt: number;
  /** The one that they have, as cards name it. */
  readonly account?: string | undefined;
  /** The first that could be given. */
  readonly free?: { readonly accountId: string; readonly name: string } | undefined;
  /** Who told the password, and when. */
  readonly given?: { readonly by: string; readonly at: number } | undefined;
  /** Whether the reader may answer it: nobody answers themselves while there is another admin. */
  readonly mayAnswer: boolean;
  /** On the working card, with a way back. */
  readonly opened: boolean;
  readonly timeZone: string;
}

export function accountRequest(model: AccountRequestModel, t: T): CardView {
  const { opened, mayAnswer } = model;
  return {
    title: t('account.title'),
    body: bodyOf(model, t),
    actions: [...(mayAnswer ? answers(model, t) : []), ...(opened ? [accountsButton(t)] : [])],
  };
}

function bodyOf(model: AccountRequestModel, t: T): string[] {
  const { state, given, free, mayAnswer, timeZone } = model;
  const args = { name: shorten(model.name, 16), account: shorten(model.account ?? '', 16) };
  const others = mayAnswer ? [] : [t('account.otherAdmin')];
  switch (state) {
    case 'account': {
      const none = free === undefined && mayAnswer ? [t('account.noneFree')] : [];
      return [markdownText(t, 'account.asks', args), whereAndWhen(model, t), ...none, ...others];
    }
    case 'password': {
      const how = mayAnswer ? [t('account.tellHow')] : others;
      return [markdownText(t, 'account.asksPassword', args), whereAndWhen(model, t), ...how];
    }
    case 'given': {
      const { by = '', at = 0 } = given ?? {};
      return [
        markdownText(t, 'account.has', args),
        markdownText(t, 'account.toldBy', { name: shorten(by, 14), when: shownWhen(t, at, timeZone) }),
      ];
    }
    case 'over':
      return [markdownText(t, 'account.notNeeded', args)];
  }
}

function whereAndWhen({ shop, askedAt, timeZone }: AccountRequestModel, t: T): string {
  const when = shownWhen(t, askedAt, timeZone);
  return shop === undefined
    ? t('account.askedAt', { when })
    : markdownText(t, 'account.askedFor', { shop: shorten(shop, 24), when });
}

function answers({ state, free, askId: ask }: AccountRequestModel, t: T): CardAction[] {
  if (state === 'password') return [primary(t('button.passwordGiven'), 'account.given')];
  if (state !== 'account') return [];
  if (free === undefined) return [primary(t('button.addAccount'), 'account.add', { ask })];
  const { accountId: account, name } = free;
  return [
    primary(labelWith(t, 'button.giveNamed', name), 'account.give', { account }),
    plain(t('button.otherAccount'), 'account.choose'),
  ];
}
