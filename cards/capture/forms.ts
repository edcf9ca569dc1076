import type { Product } from '../../src/domain/flows/definition.ts';
import type { SpotLabel } from '../../src/domain/spot-label.ts';
import { type FormModel, fieldsOf } from '../form.ts';
import { sentences } from '../short-list.ts';
import type { T } from '../text.ts';
import type { CardFormField } from '../view.ts';
import { productLine, spotName, stepName, stepWhy } from '../vocabulary.ts';

/** A form that a piece of work wants, for the page that takes it beside photos. */
export interface CaptureFormModel {
  /** How its work knows it again. */
  readonly slot: string;
  readonly product: Product;
  /** The spot that it is of; undefined for what is asked of the shop. */
  readonly spot?: SpotLabel | undefined;
  readonly form: Omit<FormModel, 'ref'>;
  /** It is filled in, and the shop takes no Alipay+ yet (policy P4). */
  readonly blocked: boolean;
  /** It is what the card of its work asks now. */
  readonly isNext: boolean;
  /** When something of it was answered last; 0 where nothing was. */
  readonly answeredAt: number;
}

/** The same in the reader's language, with the fields as a card shows them. */
interface CaptureFormWords {
  readonly place: string;
  readonly title: string;
  readonly hint: string;
  readonly says?: string | undefined;
  readonly fields: readonly CardFormField[];
}

/** What is asked, why, and what is wrong with what was filled in last; of the shop itself `place` is the shop. */
export function captureForm(t: T, shop: string, { product, spot, form, blocked }: CaptureFormModel): CaptureFormWords {
  const { fields, mistake } = fieldsOf(t, form);
  const hint = spot === undefined ? stepWhy(t, form.step) : productLine(t, product, 'where');
  const place = spot === undefined ? shop : spotName(t, spot);
  const title = spot === undefined ? stepName(t, form.step) : place;
  return {
    place,
    title,
    hint: sentences(t.language, hint),
    says: mistake ?? (blocked ? t('store.blocked') : undefined),
    fields,
  };
}
