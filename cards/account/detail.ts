import { danger, plain, primary } from '../buttons.ts';
import { shownDate } from '../dates.ts';
import { markdownText } from '../markdown.ts';
import { shorten } from '../shorten.ts';
import type { T } from '../text.ts';
import type { CardAction, CardView } from '../view.ts';
import { accountsButton } from './accounts-button.ts';
import { type BackModel, backLine } from './back.ts';
import { shownWhen } from './when.ts';

type DoneBy = { readonly by: string; readonly at: number };

/** One account of the ISO. Here alone its whole name stands for an admin: to change its password one logs in with it. */
export type AccountDetailModel = {
  readonly accountId: string;
  readonly account: string;
  readonly timeZone: string;
} & (
  | { readonly state: 'free'; readonly changed?: DoneBy | undefined }
  | {
      readonly state: 'given';
      readonly name: string;
      readonly since: number;
      /** Whoever has it asks for its password. */
      readonly ask?: { readonly askId: string; readonly at: number } | undefined;
      readonly told?: DoneBy | undefined;
    }
  | { readonly state: 'back'; readonly back: BackModel }
  | { readonly state: 'retired' }
);

export function accountDetail(model: AccountDetailModel, t: T): CardView {
  return {
    title: shorten(model.account, 30),
    body: bodyOf(model, t),
    actions: [...actionsOf(model, t), accountsButton(t)],
  };
}

function bodyOf(model: AccountDetailModel, t: T): string[] {
  const { timeZone } = model;
  switch (model.state) {
    case 'free':
      return [
        t('accounts.free'),
        ...(model.changed === undefined ? [] : [doneBy('account.changedBy', model.changed, timeZone, t)]),
      ];
    case 'given': {
      const { name, since, ask, told } = model;
      const args = { name: shorten(name, 20), date: shownDate(t.language, since, timeZone) };
      return [
        markdownText(t, 'account.hasSince', args),
        ...(told === undefined ? [] : [doneBy('account.toldBy', told, timeZone, t)]),
        ...(ask === undefined ? [] : [t('account.passwordAsked', { when: shownWhen(t, ask.at, timeZone) })]),
      ];
    }
    case 'back':
      return [backLine(model.back, timeZone, t), t('account.change')];
    case 'retired':
      return [t('account.retired')];
  }
}

function doneBy(key: 'account.changedBy' | 'account.toldBy', { by, at }: DoneBy, timeZone: string, t: T): string {
  return markdownText(t, key, { name: shorten(by, 14), when: shownWhen(t, at, timeZone) });
}

function actionsOf(model: AccountDetailModel, t: T): CardAction[] {
  const { accountId: account } = model;
  const retire = danger(t('button.retire'), 'account.sure', { account, change: 'retire' });
  switch (model.state) {
    case 'free':
      return [primary(t('button.giveTo'), 'account.whom'), retire];
    case 'given': {
      const { ask } = model;
      return [
        ...(ask === undefined ? [] : [primary(t('button.seeAsk'), 'account.ask', { ask: ask.askId })]),
        plain(t('button.takeAccountBack'), 'account.sure', { account, change: 'takeBack' }),
      ];
    }
    case 'back':
      return [primary(t('button.passwordChanged'), 'account.changed'), retire];
    case 'retired':
      return [];
  }
}
