import type { Entry, RenderedField, RenderedView } from '@field/dingtalk-sandbox/page-protocol';

/** A conversation as one would read it aloud, for a failed test: who said what, and what stands on each card. */
export function chatText(entries: readonly Entry[]): string {
  return inOrder(entries).map(entryText).join('\n');
}

/** The words of one entry, without the marks of markdown and its escapes. */
export function entryText(entry: Entry): string {
  const said = [
    entry.text,
    ...(entry.files ?? []).map((file) => `[${file.image ? 'picture' : 'file'} ${file.fileName}]`),
  ];
  const lines = entry.view ? viewLines(entry.view) : said.filter((line) => line !== undefined);
  return `${entry.from}: ${lines.join('\n     ')}`;
}

/** Entries by their place in the chat. */
export function inOrder(entries: readonly Entry[]): Entry[] {
  return [...entries].sort((a, b) => a.pos - b.pos);
}

function viewLines(view: RenderedView): string[] {
  const { title, texts, images, forms, buttons } = view;
  const lines = [`== ${title} ==`, ...texts.map(plain), ...images.map((image) => `[image ${image}]`)];
  for (const form of forms) {
    const state = form.disabled ? ' (closed)' : '';
    lines.push(...form.fields.map(fieldLine), `(${form.submitLabel})${state}`);
  }
  if (buttons.length > 0)
    lines.push(buttons.map((button) => `<${button.label}>${button.disabled ? ' (off)' : ''}`).join(' '));
  return lines;
}

function fieldLine(field: RenderedField): string {
  const options = field.options ? ` {${field.options.map((option) => option.text).join(' | ')}}` : '';
  const value = field.value === undefined || field.value === '' ? '' : ` = ${JSON.stringify(field.value)}`;
  return `${field.label}${field.required ? '*' : ''}:${options}${value}`;
}

/** As it is read: a blank that keeps two words together is one like others. */
function plain(markdown: string): string {
  return markdown
    .replaceAll(/<\/?font[^>]*>/g, '')
    .replaceAll(/<br\s*\/?>/g, '\n     ')
    .replaceAll(/\\([\\`*_{}[\]()#+\-.!<>|~])/g, '$1')
    .replaceAll('**', '')
    .replaceAll('\u00a0', ' ');
}
