import { plain } from '../buttons.ts';
import { shorten } from '../shorten.ts';
import type { T } from '../text.ts';
import type { CardFormField, CardView } from '../view.ts';
import { productName } from '../vocabulary.ts';

export interface AllotModel {
  /** Of which something is here; `key` names product and batch. */
  readonly batches: readonly {
    readonly key: string;
    readonly product: string;
    readonly batchId: string;
    readonly left: number;
  }[];
  /** How many were taken from a spot, and are in no batch: only a photo tells which. */
  readonly down: number;
  /** Whether codes can be told by the first and the last. */
  readonly ordered: boolean;
  readonly people: readonly { readonly userId: string; readonly name: string }[];
  readonly search: boolean;
  readonly find: string;
}

/** In place of a batch: the codes that photos show. */
export const BY_PHOTO = 'photo';

/** *Give out codes*: the next of a batch, or from one to another, and to whom. */
export function allot({ batches, down, ordered, people, search, find }: AllotModel, t: T): CardView {
  const back = [plain(t('button.back'), 'team.stock')];
  const hasBatch = batches.length > 0;
  if (!hasBatch && down === 0) return { title: t('button.allot'), body: [t('allot.none')], actions: back };
  const field = (name: string, label: string, more: Partial<CardFormField> = {}): CardFormField => ({
    name,
    label,
    type: 'TEXT',
    required: false,
    ...more,
  });
  return {
    title: t('button.allot'),
    body: hasBatch
      ? [t('allot.how'), ...(ordered ? [t('allot.range')] : [])]
      : [t('allot.none'), t('allot.takenDown', { count: down })],
    form: {
      action: 'team.allotCodes',
      step: 'allot',
      submitLabel: t('button.give'),
      fields: [
        field('batch', t('field.allot.batch.label'), {
          type: 'SELECT',
          value: batches[0]?.key ?? BY_PHOTO,
          options: [
            ...batches.map(({ key, product, batchId, left }) => ({
              value: key,
              // what tells them apart first: a narrow phone cuts the end
              text: `${shorten(batchId, 24)} (${left}) · ${productName(t, product)}`,
            })),
            { value: BY_PHOTO, text: t('allot.byPhoto') },
          ],
        }),
        ...(hasBatch ? [field('count', t('field.allot.count.label'), { type: 'NUMBER' })] : []),
        ...(hasBatch && ordered
          ? [field('from', t('field.allot.from.label')), field('last', t('field.allot.last.label'))]
          : []),
        field('to', t('field.handOver.to.label'), {
          type: 'SELECT',
          value: find !== '' && people.length === 1 ? people[0]?.userId : undefined,
          options: people.map(({ userId, name }) => ({ value: userId, text: shorten(name, 40) })),
        }),
        ...(search ? [field('find', t('field.handOver.find.label'), { value: find })] : []),
      ],
    },
    actions: back,
  };
}
