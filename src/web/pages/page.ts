import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Context } from 'koa';
import type { T } from '../../../cards/text.ts';
import { LANGUAGE_NAMES, LANGUAGES } from '../../domain/languages.ts';
import { Html, html } from './html.ts';

const STYLE = readFileSync(new URL('./style.css', import.meta.url), 'utf8');
const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

const OWN_STYLE = ["default-src 'none'", `style-src 'sha256-${STYLE_HASH}'`];
/** No script, no picture from elsewhere, no frame around it: the style stands in the page, and forms go back to where they came from. */
const POLICY = [...OWN_STYLE, "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"].join('; ');
/**
 * For a page that one script of ours drives: it may ask us and nobody else. DingTalk on a computer may show it in a frame of its own,
 * whose address nobody documents; there is nothing on such a page that a foreign frame could make somebody tap.
 */
const POLICY_WITH_SCRIPT = [
  ...OWN_STYLE,
  "script-src 'self'",
  "connect-src 'self'",
  "form-action 'none'",
  "base-uri 'none'",
].join('; ');

export interface Page {
  readonly title: string;
  readonly content: Html;
  /** What its address says besides the language, `&to=…`: its links to itself say it too. */
  readonly query?: string | undefined;
  /** A sheet to be printed: everything in its middle. */
  readonly isPoster?: boolean | undefined;
  /** The address of the script that drives it; such a page has no links to itself in other languages. */
  readonly script?: string | undefined;
}

/** Answers with a page in the language of `t`, and links to itself in the others. */
export function sendPage(ctx: Context, t: T, page: Page): void {
  ctx.type = 'text/html; charset=utf-8';
  ctx.set('Content-Security-Policy', page.script === undefined ? POLICY : POLICY_WITH_SCRIPT);
  if (page.script !== undefined) ctx.remove('X-Frame-Options');
  ctx.set('Cache-Control', 'no-store');
  ctx.set('Content-Language', t.language);
  ctx.vary('Accept-Language');
  ctx.set('X-Robots-Tag', 'noindex');
  ctx.body = document(t, page).text;
}

function document(t: T, { title, content, query = '', isPoster = false, script }: Page): Html {
  return html`<!doctype html>
<html lang="${t.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Alipay Partners</title>
<style>${new Html(STYLE)}</style>
${script !== undefined && html`<script src="${script}" defer></script>`}
</head>
<body${isPoster && html` class="poster"`}>
<header><p>Alipay Partners</p></header>
<main>
<h1>${title}</h1>
${content}
</main>
${script === undefined && languageLinks(t, query)}
</body>
</html>
`;
}

function languageLinks(t: T, query: string): Html {
  const links = LANGUAGES.map((language) =>
    language === t.language
      ? html`<li><span lang="${language}" aria-current="true">✓ ${LANGUAGE_NAMES[language]}</span></li>`
      : html`<li><a href="?lang=${language}${query}" hreflang="${language}" lang="${language}">${LANGUAGE_NAMES[language]}</a></li>`,
  );
  return html`<footer><nav aria-label="Language · 语言 · ภาษา"><ul>${links}</ul></nav></footer>`;
}
