import { colonAfter } from '../../cards/params.ts';
import type { CardForm, CardFormField, CardImage, CardView, PictureRef } from '../../cards/view.ts';

export type Options = NonNullable<CardFormField['options']>;

/** The name under which a field's options are printed elsewhere; undefined: they are few, print them here. */
export type NameOptions = (field: string, options: Options) => string | undefined;

/** A card as text, a line each. */
export interface CardDrawing {
  /** What a person sees, in their language. */
  readonly seen: readonly string[];
  /** What stands behind it and speaks no language: routing keys, parameters, names of fields and pictures. In brackets. */
  readonly behind: readonly string[];
}

const BUTTONS = { primary: ['<<', '>>'], plain: ['<', '>'], danger: ['<!', '!>'] } as const;

/**
 * Draws a card as text with everything that a view can say: two views that a person could tell apart, or that would do something
 * else when tapped, never have the same drawing. The marks are those by which scenario tests show a chat.
 */
export function drawCard(view: CardView, nameOptions: NameOptions = () => undefined): CardDrawing {
  const {
    title,
    tag,
    progress,
    alert,
    body = [],
    facts = [],
    images = [],
    table,
    chart,
    form,
    captures,
    actions,
    note,
  } = view;
  const seen = [
    tag ? `== ${title} ==  [${tag.text}] ${tag.tone}` : `== ${title} ==`,
    ...(alert === undefined ? [] : [`((${alert}))`]),
    ...(progress ? [`-- ${progress.text} -- ${progress.percent} %`] : []),
    ...body,
    ...facts.map(({ label, value }) => `${label}${colonAfter(label)}**${value}**`),
    ...images.map(({ alt }) => `[picture: ${alt}]`),
    ...(table ? [table.columns, ...table.rows].map((cells, row) => (row === 0 ? headOf(cells) : rowOf(cells))) : []),
    ...(chart ? [`[${chart.type}]`, ...chart.points.map(pointOf)] : []),
    ...(form ? formLines(form, nameOptions) : []),
    ...(captures === true ? ['[a page takes photos]'] : []),
    ...(actions.length > 0 ? [actions.map(({ label, style }) => BUTTONS[style].join(label)).join(' ')] : []),
    ...(note === undefined ? [] : [`(${note})`]),
  ];
  const behind = [
    ...images.map(pictureName),
    ...(form ? [formName(form, nameOptions)] : []),
    ...(actions.length > 0 ? [actions.map(({ action, params }) => routeOf(action, params)).join(' ')] : []),
  ];
  return { seen: seen.map(onOneLine), behind: behind.map(onOneLine) };
}

function headOf(cells: readonly string[]): string {
  return `|| ${cells.join(' || ')} ||`;
}

function rowOf(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function pointOf({ x, y, series }: NonNullable<CardView['chart']>['points'][number]): string {
  return series === undefined ? `* ${x}: ${y}` : `* ${x} (${series}): ${y}`;
}

function formLines({ fields, submitLabel, mistake }: CardForm, nameOptions: NameOptions): string[] {
  const beside = mistake === undefined ? '' : `  [${mistake}]`;
  return [...fields.map((field) => fieldLine(field, nameOptions)), `(${submitLabel})${beside}`];
}

/** `Label*: KIND {options} = what stands in it "the placeholder" else "what is said when it is empty"`. */
function fieldLine(field: CardFormField, nameOptions: NameOptions): string {
  const { name, label, type, required, requiredMessage, placeholder, value, options } = field;
  const texts = options?.map(({ text }) => text).join(' | ');
  return [
    `${label}${required ? '*' : ''}: ${type}`,
    options && `{${nameOptions(name, options) ?? texts}}`,
    value !== undefined && `= ${valueText(value, options)}`,
    placeholder !== undefined && `"${placeholder}"`,
    requiredMessage !== undefined && `else "${requiredMessage}"`,
  ]
    .filter((part) => typeof part === 'string')
    .join(' ');
}

/** The chosen options by their words, as the form shows them. */
function valueText(value: string | readonly string[], options: Options | undefined): string {
  const word = (chosen: string): string => options?.find((option) => option.value === chosen)?.text ?? chosen;
  return typeof value === 'string' ? word(value) : `[${value.map(word).join(' | ')}]`;
}

function pictureName(image: CardImage): string {
  return `[picture ${image.kind}:${pictureOf(image)}]`;
}

function pictureOf(picture: PictureRef): string {
  switch (picture.kind) {
    case 'example':
      return picture.name;
    case 'photo':
      return picture.sha256;
    case 'sheet':
      return [...picture.photos, ...(picture.example === undefined ? [] : [picture.example])].join(':');
    case 'code':
      return picture.address;
  }
}

function formName({ action, step, params, fields }: CardForm, nameOptions: NameOptions): string {
  const names = fields.map(({ name, options }) => {
    if (options === undefined || nameOptions(name, options) !== undefined) return name;
    return `${name}{${options.map(({ value }) => value).join('|')}}`;
  });
  return `[form ${action} ${step}${paramsOf(params)}: ${names.join(' ')}]`;
}

function routeOf(action: string, params: Readonly<Record<string, string>> | undefined): string {
  return `[${action}${paramsOf(params)}]`;
}

function paramsOf(params: Readonly<Record<string, string>> = {}): string {
  return Object.entries(params)
    .map(([name, value]) => ` ${name}=${value}`)
    .join('');
}

function onOneLine(line: string): string {
  return line.replaceAll('\n', '⏎');
}
