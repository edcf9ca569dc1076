import type { T } from '../../../cards/text.ts';
import { html } from '../pages/html.ts';
import type { Page } from '../pages/page.ts';

export interface PosterModel {
  /** The ISO's name. */
  readonly iso: string;
  /** The code as an SVG path, and the side of its square in modules. */
  readonly code: { readonly path: string; readonly side: number };
}

/** The QR code on a sheet to print and hang up, with three steps in plain words. */
export function posterPage({ iso, code }: PosterModel, t: T): Page {
  return {
    title: t('poster.title'),
    isPoster: true,
    content: html`<p class="for">${iso}</p>
<svg viewBox="0 0 ${code.side} ${code.side}" role="img" aria-label="${t('poster.code')}" shape-rendering="crispEdges"><path d="${code.path}"/></svg>
<ol><li>${t('poster.scan')}</li><li>${t('poster.fillIn')}</li><li>${t('poster.accept')}</li></ol>
<p class="screen">${t('poster.print')}</p>`,
  };
}
