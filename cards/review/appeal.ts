import { LONGEST_STATEMENT, MOST_EVIDENCE } from '../../src/domain/appeal-statement.ts';
import type { SlotName } from '../../src/domain/flows/definition.ts';
import type { FormValue } from '../../src/platform/update.ts';
import { backButton, menuButton, plain, primary, seePhotosButton } from '../buttons.ts';
import { type FieldModel, formOf, problemLines } from '../form.ts';
import { escapeMarkdown, markdownText } from '../markdown.ts';
import type { ProblemModel } from '../problems.ts';
import { shortList } from '../short-list.ts';
import { shorten } from '../shorten.ts';
import type { T } from '../text.ts';
import type { TextKey } from '../text-key.ts';
import type { CardAction, CardView } from '../view.ts';
import { slotName } from '../vocabulary.ts';
import { type ItemName, itemName, itemPlace } from './item-name.ts';

/** An appeal that is being written: first why, then photos that help. */
export interface AppealModel {
  readonly name: ItemName;
  /** What stands in the form; absent once it was taken and the photos are asked for. */
  readonly form?: { readonly why: FormValue; readonly problems?: readonly ProblemModel[] | undefined } | undefined;
  readonly statement: string;
  /** How many photos are kept. */
  readonly photos: number;
  /** A photo that was not taken: the key of what is said of it. */
  readonly note?: TextKey | undefined;
  /** Photos that help, as the reasons that it is against say. */
  readonly evidence?: readonly SlotName[] | undefined;
  /** Whether it can be modified instead. */
  readonly canModify: boolean;
}

export const APPEAL_FIELDS = [
  { name: 'why', type: 'text', required: true, maxLength: LONGEST_STATEMENT },
] as const satisfies readonly FieldModel[];

const SHOWN_STATEMENT = 80;
/** More have no room in a line. */
const NAMED = 3;

/** *Appeal · Door*. */
export function appeal(model: AppealModel, t: T): CardView {
  const { name, form } = model;
  const head = {
    title: t('appeal.title', { name: itemPlace(t, name) }),
    progress: { text: itemName(t, name), percent: form === undefined ? 50 : 0 },
  };
  if (form === undefined) return { ...head, ...asksForPhotos(model, t) };
  const asked = { step: 'appeal', fields: APPEAL_FIELDS, values: { why: form.why }, problems: form.problems ?? [] };
  return {
    ...head,
    body: [...problemLines(t, asked), t('appeal.tell')],
    form: formOf(t, asked, 'review.appealSay', t('button.next')),
    actions: [...modifyInstead(model, t), plain(t('button.cancel'), 'review.withdraw'), menuButton(t)],
  };
}

function asksForPhotos(model: AppealModel, t: T): Pick<CardView, 'alert' | 'body' | 'captures' | 'actions' | 'note'> {
  const { photos, note, statement } = model;
  return {
    alert: note && t(note),
    body: [
      ...(note === undefined ? [] : [t(note)]),
      t('words.quoted', { words: escapeMarkdown(shorten(statement, SHOWN_STATEMENT)) }),
      ...(photos === 0 ? [] : [t('appeal.kept', { count: photos })]),
      photos < MOST_EVIDENCE ? whatHelps(model, t) : t('appeal.full', { limit: MOST_EVIDENCE }),
    ],
    captures: photos < MOST_EVIDENCE,
    actions: [
      primary(t('button.sendAppeal'), 'review.sendAppeal'),
      ...modifyInstead(model, t),
      ...(photos > 0 ? [seePhotosButton(t)] : []),
      { ...backButton(t), action: 'review.appealWhy' },
      menuButton(t),
    ],
    note: t(photos === 0 ? 'appeal.finalNoPhoto' : 'appeal.final'),
  };
}

function whatHelps({ evidence = [] }: AppealModel, t: T): string {
  if (evidence.length === 0) return t('appeal.photos');
  const photos = shortList(
    t.language,
    evidence.slice(0, NAMED).map((slot) => slotName(t, slot)),
  );
  return markdownText(t, 'appeal.evidence', { photos });
}

function modifyInstead({ canModify }: AppealModel, t: T): CardAction[] {
  return canModify ? [plain(t('button.modifyInstead'), 'review.modifyInstead')] : [];
}
