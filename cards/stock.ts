import { menuButton, plain } from './buttons.ts';
import { EVERYTHING } from './hand-over.ts';
import { markdownText } from './markdown.ts';
import { shorten } from './shorten.ts';
import type { T } from './text.ts';
import { ticksField } from './ticks-field.ts';
import type { CardView } from './view.ts';
import { productName } from './vocabulary.ts';

export interface CodesModel {
  readonly userId: string;
  /** Whose they are; absent where they are the reader's own. */
  readonly name?: string | undefined;
  /** What can be ticked, by product and serial, and how many there are in all. */
  readonly rows: readonly { readonly hash: string; readonly product: string; readonly serial: string }[];
  readonly count: number;
  readonly iso: string;
  readonly people: readonly { readonly userId: string; readonly name: string }[];
  readonly search: boolean;
  readonly find: string;
}

/** Where codes go that go to nobody: to their ISO, or that they are lost. */
export const TO_ISO = 'iso';
export const ARE_LOST = 'lost';

/** *My codes*: what somebody has of the stock, with ticks, and where it goes: to a colleague, back, or lost. */
export function codesInHand(model: CodesModel, t: T): CardView {
  const { userId, name, rows, count, find, people } = model;
  const title = name === undefined ? t('stock.mine', { count }) : t('stock.of', { name: shorten(name, 14), count });
  const actions = [...(name === undefined ? [] : [plain(t('button.back'), 'team.stock')]), menuButton(t)];
  if (count === 0) return { title, body: [t('stock.none')], actions };
  const all = { value: EVERYTHING, text: t('handOver.everything', { count }) };
  // of one product its name says nothing, and makes two lines of each row
  const isOfSeveral = new Set(rows.map(({ product }) => product)).size > 1;
  const options = rows.map(({ hash, product, serial }) => ({
    value: hash,
    text: isOfSeveral ? `${serial} · ${productName(t, product)}` : serial,
  }));
  return {
    title,
    body: [
      ...(find !== '' && people.length === 0
        ? [markdownText(t, 'handOver.notFound', { find: shorten(find, 20) })]
        : []),
      t('stock.tick'),
      ...(count > rows.length ? [t('handOver.more', { count: count - rows.length })] : []),
    ],
    form: {
      action: 'stock.move',
      step: 'stock',
      params: { person: userId },
      submitLabel: t('button.save'),
      fields: [
        ticksField({ name: 'what', label: 'option.list.stock', ticked: [], options: [all, ...options] }, t),
        where(model, t),
        ...(model.search
          ? [
              {
                name: 'find',
                label: t('field.handOver.find.label'),
                type: 'TEXT',
                required: false,
                value: find,
              } as const,
            ]
          : []),
      ],
    },
    actions,
  };
}

function where({ iso, people, search }: CodesModel, t: T) {
  const label = t('field.stock.where.label');
  return {
    name: 'where',
    label,
    type: 'SELECT',
    required: !search,
    requiredMessage: t('form.required', { label }),
    options: [
      { value: TO_ISO, text: t('stock.back', { iso: shorten(iso, 30) }) },
      { value: ARE_LOST, text: t('stock.areLost') },
      ...people.map(({ userId, name }) => ({ value: userId, text: shorten(name, 40) })),
    ],
  } as const;
}
