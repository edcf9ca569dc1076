import { AppError } from '@field/kit/errors';
import type { CardParams } from '../src/platform/platform.ts';
import { visibleLine } from '../src/platform/visible-text.ts';
import { formParams } from './form-params.ts';
import { escapeMarkdown } from './markdown.ts';
import { joinParagraphs, shorten } from './shorten.ts';
import { TEMPLATE_VARIABLES, type TemplateVariableName } from './template/variables.ts';
import type { CardAction, CardImage, CardView, DrawnFrom, PictureRef, Tone } from './view.ts';

/** What DingTalk accepts, with room to spare, and what a person can read (architecture 6). */
const LIMITS = { cardBytes: 60 * 1024, markdown: 2500, title: 30, line: 120, label: 40, buttons: 12, images: 9 };
const TABLE = { columns: 6, rows: 40, cell: 60 };
const CHART_POINTS = 120;

const TAG_COLORS: Readonly<Record<Tone, string>> = { info: 'blue', success: 'green', warning: 'orange', danger: 'red' };
const BUTTON_COLORS = { primary: 'blue', plain: 'gray', danger: 'red' } as const;

type Filled = { readonly [Name in TemplateVariableName]?: string | undefined };

/** The name of a picture in the map of addresses that `toCardParams` takes. */
export function imageKey(image: PictureRef): string {
  switch (image.kind) {
    case 'example':
      return `example:${image.name}`;
    case 'photo':
      return `photo:${image.sha256}`;
    case 'sheet':
      return `sheet:${image.photos.join(':')}${image.example === undefined ? '' : `~${image.example}`}`;
    case 'code':
      return `code:${image.address}`;
  }
}

/**
 * A view as DingTalk's map of strings: every variable of the template, so that an overwriting update leaves nothing stale.
 * `images` gives the address or media id by `imageKey`; a picture without one is left out. Long texts are shortened; a form
 * that cannot fit, or too many buttons or options, throw `bug.unexpected`.
 */
export function toCardParams(
  view: CardView,
  from: DrawnFrom,
  images: ReadonlyMap<string, string>,
  link?: CardLink,
): CardParams {
  const subject = `${from.subject.kind}:${from.subject.id}`;
  const drawn = { subject, version: `${from.version}` };
  const form = view.form && formParams(view.form, { ...drawn, round: from.round });
  const filled: Filled = {
    lastMessage: shorten(view.title, LIMITS.line),
    title: shorten(visibleLine(view.title), LIMITS.title),
    body: joinParagraphs(view.body ?? [], LIMITS.markdown),
    facts: joinParagraphs((view.facts ?? []).map(factLine), LIMITS.markdown),
    images: JSON.stringify(shownImages(view.images ?? [], images)),
    link_text: link && shorten(link.label, LIMITS.label),
    link_url: link && inSideBar(link.page),
    link_phone: link && inPanel(link.page),
    buttons: JSON.stringify(buttons(view.actions, drawn)),
    note: shorten(view.note ?? '', LIMITS.line),
    tag: view.tag && shorten(view.tag.text, LIMITS.label),
    tag_color: view.tag && TAG_COLORS[view.tag.tone],
    progress_text: view.progress && shorten(view.progress.text, LIMITS.line),
    progress: view.progress && `${Math.round(Math.min(100, Math.max(0, view.progress.percent)))}`,
    has_table: view.table && 'yes',
    table: view.table && JSON.stringify(tableData(view.table)),
    has_chart: view.chart && 'yes',
    chart: view.chart && JSON.stringify(chartData(view.chart)),
    ...form,
  };
  const params = Object.fromEntries(TEMPLATE_VARIABLES.map(({ name, empty }) => [name, filled[name] ?? empty]));
  const bytes = Buffer.byteLength(JSON.stringify(params));
  if (bytes > LIMITS.cardBytes) throw new AppError('bug.unexpected', { cardBytes: bytes });
  return params;
}

/** A button that opens a page of the bot's web. */
export interface CardLink {
  readonly label: string;
  readonly page: string;
}

/** DingTalk's own addresses for pages (dingtalk 3.5): on a computer beside the chat, on a phone over it. */
function inSideBar(page: string): string {
  return `dingtalk://dingtalkclient/page/link?url=${encodeURIComponent(page)}&pc_slide=true`;
}

function inPanel(page: string): string {
  const pageUrl = encodeURIComponent(page);
  return `dingtalk://dingtalkclient/action/im_open_hybrid_panel?panelHeight=percent90&hybridType=online&pageUrl=${pageUrl}`;
}

/** A label in Chinese or Japanese has the wide colon of its script, also behind a number: `收银台 1：`. */
export function colonAfter(label: string): string {
  return /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー）][ \d]*$/u.test(label) ? '：' : ': ';
}

function factLine({ label, value }: { label: string; value: string }): string {
  return `${escapeMarkdown(label)}${colonAfter(label)}**${escapeMarkdown(shorten(value, 300)) || '–'}**`;
}

function shownImages(images: readonly CardImage[], addresses: ReadonlyMap<string, string>): object[] {
  return images.slice(0, LIMITS.images).flatMap((image) => {
    const url = addresses.get(imageKey(image));
    return url === undefined ? [] : [{ url, alt: shorten(image.alt, LIMITS.line) }];
  });
}

function buttons(actions: readonly CardAction[], drawn: { subject: string; version: string }): object[] {
  if (actions.length > LIMITS.buttons) throw new AppError('bug.unexpected', { buttons: actions.length });
  return actions.map(({ label, action, params, style }) => ({
    text: shorten(visibleLine(label), LIMITS.label),
    color: BUTTON_COLORS[style],
    action,
    ...drawn,
    // a text, since no official template binds anything else to a field of a Loop
    extra: JSON.stringify(params ?? {}),
  }));
}

function tableData({ columns, rows }: NonNullable<CardView['table']>): object {
  const shown = columns.slice(0, TABLE.columns);
  // an icon goes with its word to the next line
  const cell = (value: string | undefined): string =>
    shorten(visibleLine(value ?? '').replaceAll(/(?<=^| )([✓✗○…!]) /gu, '$1\u00a0'), TABLE.cell);
  return {
    meta: shown.map((title, index) => ({
      alias: `c${index + 1}`,
      aliasName: cell(title),
      dataType: 'STRING',
      weight: Math.floor(100 / shown.length),
    })),
    data: rows
      .slice(0, TABLE.rows)
      .map((row) => Object.fromEntries(shown.map((_, index) => [`c${index + 1}`, cell(row[index])]))),
  };
}

function chartData({ type, points }: NonNullable<CardView['chart']>): object {
  const data = points.slice(0, CHART_POINTS).map(({ x, y, series }) => ({
    x: shorten(x, TABLE.cell),
    y,
    type: series === undefined ? undefined : shorten(series, TABLE.cell),
  }));
  return { type, data, config: {} };
}
