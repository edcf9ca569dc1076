import { plain, primary } from '../buttons.ts';
import { shownDate } from '../dates.ts';
import { markdownText } from '../markdown.ts';
import { shorten } from '../shorten.ts';
import { type PageModel, pageButtons, pageNote, teamButton } from '../team/pages.ts';
import type { T } from '../text.ts';
import type { CardAction, CardView } from '../view.ts';

/** An account, or somebody who asks for one and has none. */
export interface AccountRow {
  /** Absent for who only reads. */
  readonly opens?: { readonly account: string } | { readonly ask: string } | undefined;
  /** As cards name it; absent where none is given yet. */
  readonly account?: string | undefined;
  /** `asks`: for one, or for its password; `back`: its password is to be changed. */
  readonly state: 'asks' | 'back' | 'given' | 'free';
  /** Who asks, or has it. */
  readonly name?: string | undefined;
  /** Since when. */
  readonly at?: number | undefined;
}

export interface AccountListModel extends PageModel {
  readonly rows: readonly AccountRow[];
  /** How many accounts there are; of those that were searched for, how many rows. */
  readonly count: number;
  /** What was searched for; empty for all. */
  readonly find: string;
  /** Whether there are enough of them to search. */
  readonly search: boolean;
  /** An admin's: all that the ISO has. A supervisor reads which their team has. */
  readonly everybody: boolean;
  readonly timeZone: string;
}

/** *Test accounts (15)*: who has which since when; what there is something to do about stands first. */
export function accountList(model: AccountListModel, t: T): CardView {
  const { rows, count, find, search, everybody } = model;
  const isEmpty = count === 0 && find === '';
  const adds = everybody ? [(isEmpty ? primary : plain)(t('button.addAccount'), 'account.add')] : [];
  return {
    title: t('accounts.title', { count }),
    body: [
      ...(find === '' ? [] : [markdownText(t, 'accounts.found', { count, find: shorten(find, 20) })]),
      ...(isEmpty ? [t(everybody ? 'accounts.none' : 'accounts.noneOfTeam')] : []),
    ],
    table:
      rows.length > 0
        ? {
            columns: [t('column.account'), t('column.who'), t('column.since')],
            rows: rows.map((row) => [shorten(row.account ?? '–', 16), whoOf(row, t), sinceOf(row, model, t)]),
          }
        : undefined,
    actions: [
      ...rows.flatMap((row) => rowButton(row, t)),
      ...adds,
      ...(search ? [plain(t('button.search'), 'team.search', { list: 'accounts' })] : []),
      ...pageButtons(t, model, 'account.list'),
      teamButton(t),
    ],
    ...pageNote(t, model),
  };
}

function rowButton({ opens, account, name = '' }: AccountRow, t: T): readonly CardAction[] {
  if (opens === undefined) return [];
  const label = shorten(account ?? name, 20);
  return 'ask' in opens
    ? [plain(label, 'account.ask', opens)]
    : [plain(label || t('column.account'), 'account.open', opens)];
}

function whoOf({ state, name = '' }: AccountRow, t: T): string {
  switch (state) {
    case 'asks':
      return t('accounts.asks', { name: shorten(name, 16) });
    case 'back':
      return t('accounts.back');
    case 'free':
      return t('accounts.free');
    case 'given':
      return shorten(name, 18);
  }
}

function sinceOf({ at }: AccountRow, { timeZone }: AccountListModel, t: T): string {
  return at === undefined ? '' : shownDate(t.language, at, timeZone);
}
