import { menuButton, plain, primary } from '../buttons.ts';
import { shorten } from '../shorten.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';
import { productName } from '../vocabulary.ts';
import { type PageModel, pageButtons, pageNote } from './pages.ts';

/** Where the codes of a product are. */
export interface StockRow {
  readonly product: string;
  readonly here: number;
  readonly held: number;
  /** Taken from a spot, and not put up again. */
  readonly down: number;
  readonly lost: number;
  /** How many days those last that do not stand yet, at the pace of the last `paceDays`; absent where none was put up. */
  readonly days?: number | undefined;
  readonly paceDays: number;
}

export interface StockModel extends PageModel {
  readonly products: readonly StockRow[];
  /** Of this page, by name, who is at work and how many codes they have. */
  readonly people: readonly { readonly userId: string; readonly name: string; readonly codes: number }[];
  /** How many were put up by somebody else than whoever had them. */
  readonly bookedOver: number;
}

/** *Stock*: where the codes of the ISO are, for how long they last, and who has which. */
export function stockOfIso(model: StockModel, t: T): CardView {
  const { products, people, bookedOver } = model;
  const paces = new Set(products.flatMap(({ days, paceDays }) => (days === undefined ? [] : [paceDays])));
  return {
    title: t('button.stock'),
    body: paces.size > 0 ? [t('stock.how', { days: [...paces].join('/') })] : [],
    facts: products.flatMap((row) => {
      const label = productName(t, row.product);
      const [at, gone] = [whereOf(row, t), goneOf(row, t)];
      return [{ label, value: at }, ...(gone === '' ? [] : [{ label, value: gone }])];
    }),
    actions: [
      primary(t('button.allot'), 'team.allot'),
      ...people.map(({ userId, name, codes }) =>
        plain(t('stock.person', { name: shorten(name, 12), count: codes }), 'stock.open', { person: userId }),
      ),
      ...(bookedOver === 0 ? [] : [plain(t('button.bookedOver', { count: bookedOver }), 'team.bookedOver')]),
      ...pageButtons(t, model, 'team.stock'),
      plain(t('button.back'), 'team.promotionData'),
      menuButton(t),
    ],
    ...pageNote(t, model),
  };
}

/** `3 taken down · 2 lost`; empty where none are. */
function goneOf({ down, lost }: StockRow, t: T): string {
  return [
    ...(down === 0 ? [] : [t('stock.down', { count: down })]),
    ...(lost === 0 ? [] : [t('stock.lost', { count: lost })]),
  ].join(' · ');
}

/** `240 here · 31 with staff · enough for 12 days`. */
function whereOf({ here, held, days }: StockRow, t: T): string {
  return [
    t('stock.here', { count: here }),
    t('stock.held', { count: held }),
    ...(days === undefined ? [] : [t('stock.days', { days })]),
  ].join(' · ');
}
