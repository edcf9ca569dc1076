import { describe, expect, it } from 'vitest';
import type { CardView } from '../../cards/view.ts';
import { drawCard } from './draw-card.ts';
import { drawnIn, drawnInAll } from './drawn.ts';
import { OptionLists } from './option-lists.ts';

/** With every optional property there: a new property of a card does not compile before it stands in `everything`. */
type Whole<Value> = Value extends string | number | boolean
  ? Value
  : Value extends readonly (infer Item)[]
    ? readonly Whole<Item>[]
    : { readonly [Key in keyof Value]-?: Whole<Exclude<Value[Key], undefined>> };

const options = [
  { value: 'A', text: 'First' },
  { value: 'B', text: 'Second' },
];
const field = { required: true, requiredMessage: 'Fill this in', placeholder: 'such as', options };

const everything: Whole<CardView> = {
  title: 'Title',
  tag: { text: '✓ Approved', tone: 'success' },
  progress: { text: 'Step 2 of 4', percent: 25 },
  alert: 'Nok Suda',
  body: ['one', 'two\nlines'],
  facts: [{ label: 'Shop', value: 'Baan' }],
  images: [
    { kind: 'example', name: 'storefront', alt: 'A front' },
    { kind: 'photo', sha256: 'ab', alt: 'A photo' },
    { kind: 'code', address: 'https://join.example', alt: 'A code' },
  ],
  table: { columns: ['Result', 'Spots'], rows: [['Approved', '5']] },
  chart: { type: 'histogram', points: [{ x: 'Mon', y: 3, series: 'Approved' }] },
  form: {
    action: 'promotion.answer',
    step: 'store',
    params: { form: 'f1' },
    submitLabel: 'Save',
    mistake: '! Look at: One',
    fields: [
      { ...field, name: 'one', label: 'One', type: 'SELECT', value: 'A' },
      { ...field, name: 'some', label: 'Some', type: 'MULTI_SELECT', value: ['A', 'B'] },
    ],
  },
  captures: true,
  actions: [
    { label: 'Next', action: 'promotion.next', params: { draft: 'd1', place: 's1' }, style: 'primary' },
    { label: 'Menu', action: 'menu.open', params: {}, style: 'plain' },
  ],
  note: 'A line at the foot',
};

/** What else may stand in these properties; what is not among them (the type of a field) is a word like any other. */
const CHOICES: Readonly<Record<string, readonly string[]>> = {
  tone: ['info', 'success', 'warning', 'danger'] satisfies NonNullable<CardView['tag']>['tone'][],
  style: ['primary', 'plain', 'danger'] satisfies CardView['actions'][number]['style'][],
  type: ['histogram', 'pieChart', 'lineChart'] satisfies NonNullable<CardView['chart']>['type'][],
};

interface Change {
  readonly where: string;
  readonly changed: unknown;
}

/** Every way to change one thing: another word or number, a property or an item less, two items swapped. */
function changesOf(value: unknown, where = ''): Change[] {
  if (Array.isArray(value)) return changedItems(value, where);
  if (typeof value === 'object' && value !== null) return changedProperties({ ...value }, where);
  return [{ where, changed: another(value, where) }];
}

function another(value: unknown, where: string): unknown {
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'number') return value + 1;
  const choices = CHOICES[where.slice(where.lastIndexOf('.') + 1)] ?? [];
  return choices.includes(String(value)) ? choices.find((choice) => choice !== value) : `${value}~`;
}

function changedItems(items: readonly unknown[], where: string): Change[] {
  const within = items.flatMap((item, index) =>
    changesOf(item, `${where}[${index}]`).map(({ changed, ...at }) => ({ ...at, changed: items.with(index, changed) })),
  );
  const less = items.map((_, index) => ({ where: `${where} less [${index}]`, changed: items.toSpliced(index, 1) }));
  const [first, second, ...rest] = items;
  const swapped = { where: `${where} swapped`, changed: [second, first, ...rest] };
  const alike = JSON.stringify(first) === JSON.stringify(second);
  return [...within, ...less, ...(items.length > 1 && !alike ? [swapped] : [])];
}

/** A property that says nothing (an empty list, `false`, undefined) can be left out without a change. */
function changedProperties(properties: Readonly<Record<string, unknown>>, where: string): Change[] {
  return Object.entries(properties).flatMap(([key, value]) => {
    const within = changesOf(value, `${where}.${key}`).map(({ changed, ...at }) => ({
      ...at,
      changed: { ...properties, [key]: changed },
    }));
    const { [key]: _, ...less } = properties;
    const plain = value === undefined || value === false || value === '';
    const empty = plain || (typeof value === 'object' && JSON.stringify(value).length === 2);
    return !empty ? [...within, { where: `${where} less ${key}`, changed: less }] : within;
  });
}

/** The changes of a card that its drawing does not show. */
function unseenChanges(view: CardView): string[] {
  const drawn = drawingOf(view);
  return changesOf(view)
    .filter(({ changed }) => drawingOf(changed as CardView) === drawn)
    .map(({ where }) => where);
}

/** A card that lacks what each must have cannot be drawn at all, which nobody overlooks. */
function drawingOf(view: CardView): string {
  try {
    return JSON.stringify(drawCard(view));
  } catch (error) {
    return `${error}`;
  }
}

describe('the drawing of a card', () => {
  it('changes with every word and number that a card may hold', () => {
    expect(changesOf(everything).length).toBeGreaterThan(100);
    expect(unseenChanges(everything)).toEqual([]);
  });

  it('changes with every word and number of every example', () => {
    // a word is drawn alike in whatever language
    const drawn = process.env.LONG ? drawnInAll() : drawnIn('en');
    const unseen = drawn.flatMap(({ label, view }) => unseenChanges(view).map((where) => `${label}: ${where}`));
    expect(unseen).toEqual([]);
  });

  it('keeps what stands behind a card apart from what is seen', () => {
    const { seen, behind } = drawCard(everything);
    expect(behind).toEqual([
      '[picture example:storefront]',
      '[picture photo:ab]',
      '[picture code:https://join.example]',
      '[form promotion.answer store form=f1: one{A|B} some{A|B}]',
      '[promotion.next draft=d1 place=s1] [menu.open]',
    ]);
    expect(seen).toContain('One*: SELECT {First | Second} = First "such as" else "Fill this in"');
    expect(seen).toContain('<<Next>> <Menu>');
  });
});

describe('a list of options', () => {
  const long = ['A', 'B', 'C', 'D'].map((value) => ({ value, text: `the ${value}` }));

  it('is named when it is long, and each other list has another name', () => {
    const lists = new OptionLists();
    const name = (...changed: typeof long) => lists.nameOf('kind', [...long.slice(0, 4 - changed.length), ...changed]);
    expect(lists.nameOf('kind', long.slice(0, 3))).toBeUndefined();
    expect([name(), name({ value: 'D', text: 'other' }), name({ value: 'E', text: 'the D' }), name()]).toEqual([
      'options: kind',
      'options: kind 2',
      'options: kind 3',
      'options: kind',
    ]);
    expect(lists.page()).toMatch(/^#### kind 2\n\n[\s\S]*^other {2}\[D\]$/m);
  });

  it('stands in the drawing of its field by that name', () => {
    const fields = [{ name: 'kind', label: 'Kind', type: 'SELECT' as const, options: long }];
    const form = { action: 'menu.open' as const, step: 'store', submitLabel: 'Save', fields };
    const { seen, behind } = drawCard({ title: '', actions: [], form }, () => 'options: kind');
    expect([...seen, ...behind]).toContain('Kind: SELECT {options: kind}');
    expect(behind).toEqual(['[form menu.open store: kind]']);
  });
});
