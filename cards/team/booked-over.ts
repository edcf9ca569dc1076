import { menuButton, plain } from '../buttons.ts';
import { shownDay } from '../dates.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';
import { type PageModel, pageButtons, pageNote } from './pages.ts';

export interface BookedOverModel extends PageModel {
  /** The latest first. */
  readonly rows: readonly {
    readonly serial: string;
    readonly shop: string;
    /** Who had it, and who put it up; empty of who was erased. */
    readonly from: string;
    readonly by: string;
    readonly at: number;
  }[];
  readonly timeZone: string;
}

/** *Used by others*: codes that somebody had and a colleague put up. */
export function bookedOver(model: BookedOverModel, t: T): CardView {
  const { rows, timeZone } = model;
  return {
    title: t('bookedOver.title'),
    body: [t('bookedOver.how')],
    facts: rows.map(({ serial, shop, from, by, at }) => ({
      label: serial,
      value: [shop, t('bookedOver.who', { by, from }), shownDay(t.language, at, timeZone)].filter(Boolean).join(' · '),
    })),
    actions: [...pageButtons(t, model, 'team.bookedOver'), plain(t('button.back'), 'team.stock'), menuButton(t)],
    ...pageNote(t, model),
  };
}
