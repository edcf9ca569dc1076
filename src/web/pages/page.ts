import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { Context } from 'koa';
import type { T } from '../../../cards/text.ts';
import { LANGUAGE_NAMES, LANGUAGES } from '../../domain/languages.ts';
import { fontFaces } from './fonts.ts';
import { Html, html } from './html.ts';
import { sendZipped } from './static-file.ts';

const STYLE = readFileSync(new URL('./style.css', import.meta.url), 'utf8');

/** No script, no picture from elsewhere, no frame around it: the style stands in the page, and forms go back to where they came from. */
const WITHOUT_SCRIPT = ["form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"];
/**
 * For a page that one script of ours drives: it may ask us and nobody else. DingTalk on a computer may show it in a frame of its own,
 * whose address nobody documents; there is nothing on such a page that a foreign frame could make somebody tap.
 */
const WITH_SCRIPT = ["script-src 'self'", "connect-src 'self'", "form-action 'none'", "base-uri 'none'"];

/** Such a page whose script is a module besides: it has a worker of its own, pictures from memory, and may load the code reader's program. */
const WITH_MODULE = [
  ...WITH_SCRIPT.filter((directive) => !directive.startsWith('script-src')),
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "img-src 'self' blob:",
];

/** Nothing on it can be tapped but its own language. */
const WITH_PICTURES = ["img-src 'self'", "form-action 'none'", "base-uri 'none'"];

export interface Page {
  readonly title: string;
  readonly content: Html;
  /** What its address says besides the language, `&to=…`: its links to itself say it too. */
  readonly query?: string | undefined;
  /** A sheet to be printed: everything in its middle. */
  readonly isPoster?: boolean | undefined;
  /** The address of the script that drives it; such a page has no links to itself in other languages. */
  readonly script?: string | undefined;
  /** The script is a module, and the page has what those need (`WITH_MODULE`). */
  readonly isModule?: boolean | undefined;
  /** It shows pictures of ours, and DingTalk on a computer may show it in a frame of its own. */
  readonly hasPictures?: boolean | undefined;
  /** What the page looks like beyond what all pages do. */
  readonly style?: string | undefined;
}

/** Answers with a page in the language of `t`, and links to itself in the others. */
export function sendPage(ctx: Context, t: T, page: Page): void {
  const body = bodyOf(t, page);
  const style = `${fontFaces(`${page.title} ${body.text}`, t.language, rootFrom(ctx.path))}${STYLE}${page.style ?? ''}`;
  ctx.type = 'text/html; charset=utf-8';
  ctx.set('Content-Security-Policy', policyOf(style, directivesOf(page)));
  if (page.script !== undefined || page.hasPictures === true) ctx.remove('X-Frame-Options');
  ctx.set('Cache-Control', 'no-store');
  ctx.set('Content-Language', t.language);
  ctx.vary('Accept-Language');
  ctx.set('X-Robots-Tag', 'noindex');
  const bytes = Buffer.from(document(t, page, { style, body }).text);
  sendZipped(ctx, bytes, gzipSync(bytes));
}

/** The way from a page to the top, as its browser reads addresses: `/go/scan` lies one folder below. */
function rootFrom(path: string): string {
  return '../'.repeat(Math.max(0, path.split('/').length - 2));
}

function directivesOf({ script, isModule = false, hasPictures = false }: Page): readonly string[] {
  if (hasPictures) return WITH_PICTURES;
  if (script === undefined) return WITHOUT_SCRIPT;
  return isModule ? WITH_MODULE : WITH_SCRIPT;
}

function policyOf(style: string, more: readonly string[]): string {
  const hash = createHash('sha256').update(style).digest('base64');
  return ["default-src 'none'", `style-src 'sha256-${hash}'`, "font-src 'self'", ...more].join('; ');
}

function document(
  t: T,
  { title, isPoster = false, script, isModule = false }: Page,
  { style, body }: { style: string; body: Html },
): Html {
  return html`<!doctype html>
<html lang="${t.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Alipay Partners</title>
<style>${new Html(style)}</style>
${script !== undefined && (isModule ? html`<script type="module" src="${script}"></script>` : html`<script src="${script}" defer></script>`)}
</head>
<body${isPoster && html` class="poster"`}>
${body}
</body>
</html>
`;
}

function bodyOf(t: T, { title, content, query = '', script }: Page): Html {
  return html`<header><p>Alipay Partners</p></header>
<main>
<h1>${title}</h1>
${content}
</main>
${script === undefined && languageLinks(t, query)}`;
}

function languageLinks(t: T, query: string): Html {
  const links = LANGUAGES.map((language) =>
    language === t.language
      ? html`<li><span lang="${language}" aria-current="true">✓ ${LANGUAGE_NAMES[language]}</span></li>`
      : html`<li><a href="?lang=${language}${query}" hreflang="${language}" lang="${language}">${LANGUAGE_NAMES[language]}</a></li>`,
  );
  return html`<footer><nav aria-label="${t('language.title')}"><ul>${links}</ul></nav></footer>`;
}
