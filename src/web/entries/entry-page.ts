import type { T } from '../../../cards/text.ts';
import { html } from '../pages/html.ts';
import type { Page } from '../pages/page.ts';

export interface EntryPageModel {
  /** What it opens. */
  readonly title: string;
  /** What a plain browser says instead. */
  readonly elsewhere: string;
  /** The organisation and the app for which DingTalk's client gives a code. */
  readonly corpId: string;
  readonly clientId: string;
  readonly nonce: string;
  /** Whether it is known who is looking, so that no code is needed. */
  readonly isSignedIn: boolean;
  /** The address of `client/open-entry.ts` as built. */
  readonly script: string;
}

/** A page that needs to know who looks: its script says so, and closes it or loads it anew. In a plain browser it is a sentence. */
export function entryPage(
  { title, elsewhere, corpId, clientId, nonce, isSignedIn, script }: EntryPageModel,
  t: T,
): Page {
  return {
    title,
    script,
    content: html`<p id="say" role="status"></p>
<noscript><p>${elsewhere}</p></noscript>
<button type="button" id="again" hidden>${t('button.tryAgain')}</button>
<div id="entry" hidden data-corp="${corpId}" data-client="${clientId}" data-nonce="${nonce}" data-signed-in="${String(isSignedIn)}"
 data-opening="${t('entryPage.opening')}" data-done="${t('entryPage.done')}" data-elsewhere="${elsewhere}"
 data-no-connection="${t('entryPage.noConnection')}" data-who-are-you="${t('entryPage.whoAreYou')}"></div>`,
  };
}
