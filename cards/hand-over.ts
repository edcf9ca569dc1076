import type { GiveBackReason } from '../src/domain/give-back.ts';
import { menuButton } from './buttons.ts';
import { markdownText } from './markdown.ts';
import { type ItemName, itemName } from './review/item-name.ts';
import { shorten } from './shorten.ts';
import { teamButton } from './team/pages.ts';
import type { T } from './text.ts';
import type { TextKey } from './text-key.ts';
import { ticksField } from './ticks-field.ts';
import { timeLeft } from './time-left.ts';
import type { CardFormField, CardView } from './view.ts';
import { optionText } from './vocabulary.ts';

/** Something open that can be given to a colleague. */
export interface WorkRow {
  /** Names it in the form: `item:<itemRef>`. */
  readonly key: string;
  readonly name: ItemName | { readonly other: 'draft' | 'inspection'; readonly shop: string };
  readonly dueAt?: number | undefined;
  /** In whose hands it is, where that is not said by the title. */
  readonly who?: string | undefined;
  /** Why a task was given back. */
  readonly back?: GiveBackReason | undefined;
}

/** Whose work it is: nobody's, the tasks of the ISO, one person's, or one item. */
export type WorkScope = 'nobody' | 'tasks' | 'person' | 'item';

export interface HandOverModel {
  readonly scope: WorkScope;
  /** The person's, of whom it is. */
  readonly name?: string | undefined;
  /** What can be ticked, the most urgent first. */
  readonly rows: readonly WorkRow[];
  /** How many there are in all. */
  readonly count: number;
  /** What is ticked before anybody ticks: the keys of rows, or `EVERYTHING`. */
  readonly ticked: readonly string[];
  /** Whether that is what falls due within a week. */
  readonly soon: boolean;
  /** To whom it can be given, by name. */
  readonly people: readonly { readonly userId: string; readonly name: string }[];
  /** Whether they are more than are listed, and what was looked for among them; empty for nothing. */
  readonly search: boolean;
  readonly find: string;
  readonly now: number;
  readonly timeZone: string;
}

/** In a form: everything, also what is not listed. */
export const EVERYTHING = 'all';

/** *Without hands (3)*, *Give work…*: what is open with ticks, and to whom it goes. */
export function handOver(model: HandOverModel, t: T): CardView {
  const { rows, count, people, find } = model;
  if (count === 0)
    return { title: title(model, t), body: [t('handOver.none')], actions: [teamButton(t), menuButton(t)] };
  if (people.length === 0 && find === '')
    return { title: title(model, t), body: [t('handOver.nobody')], actions: [teamButton(t)] };
  const more = count - rows.length;
  return {
    title: title(model, t),
    body: [
      ...(people.length === 0 ? [markdownText(t, 'handOver.notFound', { find: shorten(find, 20) })] : []),
      t(ticksText(model)),
      ...(more > 0 ? [t('handOver.more', { count: more })] : []),
    ],
    form: {
      action: 'handOver.give',
      step: 'handOver',
      submitLabel: t(people.length === 0 ? 'button.search' : 'button.give'),
      fields: [
        ticks(model, t),
        ...(people.length === 0 ? [] : [whom(model, t)]),
        ...(model.search ? [look(model, t)] : []),
      ],
    },
    actions: [teamButton(t)],
  };
}

function title({ scope, name = '', count }: HandOverModel, t: T): string {
  switch (scope) {
    case 'nobody':
      return t('handOver.title.nobody', { count });
    case 'person':
      return t('handOver.title.person', { name: shorten(name, 16), count });
    case 'tasks':
    case 'item':
      return t('button.giveTo');
  }
}

function ticksText({ soon, ticked }: HandOverModel): TextKey {
  if (soon) return 'handOver.soon';
  return ticked.length === 0 ? 'handOver.tick' : 'handOver.ticks';
}

function ticks(model: HandOverModel, t: T): CardFormField {
  const { scope, rows, count, ticked } = model;
  const all = { value: EVERYTHING, text: t('handOver.everything', { count }) };
  const isPart = scope !== 'tasks' && (count > rows.length || ticked.length < rows.length);
  const options = [...(isPart ? [all] : []), ...rows.map((row) => ({ value: row.key, text: rowText(row, model, t) }))];
  return ticksField({ name: 'what', label: 'field.handOver.what.label', ticked, options }, t);
}

function whom({ people, search, find }: HandOverModel, t: T): CardFormField {
  const label = t('field.handOver.to.label');
  return {
    name: 'to',
    label,
    type: 'SELECT',
    required: !search,
    requiredMessage: t('form.required', { label }),
    value: find !== '' && people.length === 1 ? people[0]?.userId : undefined,
    options: people.map(({ userId, name }) => ({ value: userId, text: shorten(name, 40) })),
  };
}

/** Who is not among those listed is looked for. */
function look({ find }: HandOverModel, t: T): CardFormField {
  return { name: 'find', label: t('field.handOver.find.label'), type: 'TEXT', required: false, value: find };
}

/** `Baan Coffee · Door · 3 days left · Nok`. */
function rowText({ name, dueAt, who, back }: WorkRow, { now, timeZone }: HandOverModel, t: T): string {
  const days = dueAt === undefined ? [] : [timeLeft(t, now, dueAt, timeZone)];
  const names = who === undefined ? [] : [who === '' ? t('teamTasks.nobody') : shorten(who, 16)];
  const why = back === undefined ? [] : [optionText(t, { name: 'giveBack' }, back)];
  return [workName(name, t), ...days, ...names, ...why].join(' · ');
}

function workName(name: WorkRow['name'], t: T): string {
  if ('other' in name) {
    const shop = name.shop === '' ? t('handOver.noShop') : shorten(name.shop, 24);
    return t(name.other === 'draft' ? 'handOver.draft' : 'handOver.task', { shop });
  }
  return itemName(t, name, 40);
}
