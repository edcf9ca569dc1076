import type { SpotLabel } from '../../src/domain/spot-label.ts';
import { menuButton, plain, primary } from '../buttons.ts';
import { shownDate } from '../dates.ts';
import { markdownText } from '../markdown.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';
import { spotName } from './job.ts';

/** A promotion that is with the reviewers: a record. */
export interface SubmittedModel {
  /** What a person can say on the phone: `P-7K3M`. */
  readonly number: string;
  readonly shop: string;
  readonly spots: readonly { readonly spot: SpotLabel; readonly codeEnd: string }[];
  /** The day from which results can be there. */
  readonly resultsFrom: number;
  readonly timeZone: string;
  /** Opened by `View`: every spot with its code. */
  readonly opened?: boolean;
}

/** *Submitted P-7K3M*: what happens next. */
export function submitted(model: SubmittedModel, t: T): CardView {
  const { number, shop, spots, opened } = model;
  const date = shownDate(t.language, model.resultsFrom, model.timeZone);
  return {
    title: t('submitted.title', { number }),
    tag: { text: t('submitted.tag'), tone: 'info' },
    body: [
      markdownText(t, 'submitted.what', { shop, spots: spots.length }),
      markdownText(t, 'submitted.results', { date }),
      t('submitted.fee'),
    ],
    ...(opened === true && {
      facts: spots.map(({ spot, codeEnd }) => ({
        label: spotName(t, spot),
        value: t('submitted.code', { code: codeEnd }),
      })),
    }),
    actions: [
      primary(t('button.nextShop'), 'promotion.next'),
      ...(opened === true ? [] : [plain(t('button.view'), 'promotion.view')]),
      menuButton(t),
    ],
  };
}
