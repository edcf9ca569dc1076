import type { T } from '../../../cards/text.ts';
import { html } from '../pages/html.ts';
import type { Page } from '../pages/page.ts';

/** What was sent of an item last, in the reader's words. */
export interface PhotosOfItem {
  readonly isoId: string;
  readonly shop: string;
  /** What of the shop, and who sent it when. */
  readonly facts: readonly string[];
  readonly photos: readonly { readonly contentHash: string; readonly name: string }[];
}

const STYLE = 'figure{margin:0 0 1.5rem}figure img{display:block;max-width:100%;min-height:4rem;border-radius:.5rem}';

/** The photos of an item, one below the other; of one whose photos are not kept any more it says so. */
export function photosPage(
  { shop, facts, photos }: PhotosOfItem,
  at: { readonly itemRef: string; readonly corpId: string },
  t: T,
): Page {
  // beside the page itself, wherever that lies
  const base = encodeURIComponent(at.itemRef);
  return {
    title: shop,
    style: STYLE,
    hasPictures: true,
    query: `&corpId=${at.corpId}`,
    content: html`${facts.map((fact) => html`<p>${fact}</p>`)}
${photos.length === 0 && html`<p>${t('item.noPhotos')}</p>`}
${photos.map(
  ({ name }, index) =>
    html`<figure><img src="${base}/${String(index + 1)}.jpg" alt="${name}" loading="lazy"><figcaption>${name}</figcaption></figure>`,
)}`,
  };
}

/** For whoever may not see them, and where there is nothing. */
export function noPhotosPage(t: T): Page {
  return { title: t('part.photos'), content: html`<p>${t('photosPage.notYours')}</p>` };
}
