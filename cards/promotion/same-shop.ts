import type { StepId } from '../../src/domain/flows/definition.ts';
import type { KnownStore } from '../../src/flow/draft.ts';
import { menuButton, plain } from '../buttons.ts';
import { shownDay } from '../dates.ts';
import { markdownText } from '../markdown.ts';
import { plainList } from '../short-list.ts';
import { shorten } from '../shorten.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';
import { type JobModel, jobHead, noteLines } from './job.ts';

export interface SameShopModel {
  readonly job: JobModel;
  /** The step that says which shop it is. */
  readonly step: StepId;
  /** Shops of this ISO that look like the one just described, the likeliest first. */
  readonly stores: readonly KnownStore[];
  readonly timeZone: string;
}

const SHOWN = 3;

/** *Same shop?* A choice, since only the person in front of it knows. */
export function sameShop({ job, step, stores, timeZone }: SameShopModel, t: T): CardView {
  const shown = stores.slice(0, SHOWN);
  const label = (store: KnownStore): string => {
    return shown.length === 1 ? t('button.sameShop') : shorten(plainList(t.language, [store.name, store.address]), 36);
  };
  return {
    ...jobHead(t, job, { step }),
    body: [
      ...noteLines(t, job),
      t('sameShop.question'),
      ...shown.map(({ name, address, by, at }) => {
        return markdownText(t, 'sameShop.store', { shop: name, address, by, day: shownDay(t.language, at, timeZone) });
      }),
    ],
    actions: [
      ...shown.map((store) => plain(label(store), 'promotion.sameStore', { store: store.storeId })),
      plain(t('button.anotherShop'), 'promotion.otherStore'),
      menuButton(t),
    ],
  };
}
