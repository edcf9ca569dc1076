import type { KnownStore } from '../../src/flow/draft.ts';
import { backButton, menuButton, plain } from '../buttons.ts';
import { type FormModel, formOf, problemLines } from '../form.ts';
import { plainList } from '../short-list.ts';
import { shorten } from '../shorten.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';
import { type Further, furtherButtons } from './further.ts';
import { cancelButtons, type JobModel, jobHead, noteLines } from './job.ts';

export interface StoreFormModel {
  readonly job: JobModel;
  readonly form: FormModel;
  /** Near the top of the list, at most three; none once a shop is being described. */
  readonly known: readonly Pick<KnownStore, 'storeId' | 'name' | 'address'>[];
  /** It takes no Alipay+ yet (policy P4): the promotion stays a draft until it does. */
  readonly blocked?: boolean | undefined;
  readonly further: Further;
  /** Re-opened from the summary: there is somewhere to go back to. */
  readonly back: boolean;
}

const KNOWN = 3;

/** *Store*: one of the known shops, or the form for a new one. */
export function storeForm(model: StoreFormModel, t: T): CardView {
  const { job, form, known, further, back } = model;
  const mistake = problemLines(t, form);
  return {
    ...jobHead(t, job, { step: form.step }),
    body: [...noteLines(t, job), ...(mistake.length > 0 ? mistake : hint(model, t))],
    captures: true,
    form: formOf(t, form, 'promotion.answer', t('button.next')),
    actions: [
      ...known.slice(0, KNOWN).map(({ storeId, name, address }) => {
        return plain(
          shorten(address === '' ? name : plainList(t.language, [name, address]), 36),
          'promotion.useStore',
          {
            store: storeId,
          },
        );
      }),
      ...furtherButtons(t, further),
      ...(back ? [backButton(t)] : cancelButtons(t, job)),
      menuButton(t),
    ],
  };
}

function hint({ job, known, blocked }: StoreFormModel, t: T): string[] {
  if (blocked === true) return [t('store.blocked')];
  if (job.modifies !== undefined) return [];
  return [t(known.length > 0 ? 'store.known' : 'store.new')];
}
