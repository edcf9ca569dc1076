import { quickEntryName } from '../../../cards/quick-entries.ts';
import type { T } from '../../../cards/text.ts';
import type { QuickEntry } from '../../domain/quick-entries.ts';
import { html } from '../pages/html.ts';
import type { Page } from '../pages/page.ts';

export interface EntryPageModel {
  readonly entry: QuickEntry;
  /** The organisation and the app for which DingTalk's client gives a code. */
  readonly corpId: string;
  readonly clientId: string;
  readonly nonce: string;
  /** Whether it is known who is looking, so that no code is needed. */
  readonly isSignedIn: boolean;
  /** The address of `client/open-entry.ts` as built. */
  readonly script: string;
}

/** The page behind an entry at the bottom of the chat: its script says who taps and closes it. In a plain browser it is a sentence. */
export function entryPage({ entry, corpId, clientId, nonce, isSignedIn, script }: EntryPageModel, t: T): Page {
  return {
    title: quickEntryName(t, entry),
    script,
    content: html`<p id="say" role="status"></p>
<noscript><p>${t('entryPage.elsewhere')}</p></noscript>
<button type="button" id="again" hidden>${t('button.tryAgain')}</button>
<div id="entry" hidden data-corp="${corpId}" data-client="${clientId}" data-nonce="${nonce}" data-signed-in="${String(isSignedIn)}"
 data-opening="${t('entryPage.opening')}" data-done="${t('entryPage.done')}" data-elsewhere="${t('entryPage.elsewhere')}"
 data-no-connection="${t('entryPage.noConnection')}" data-who-are-you="${t('entryPage.whoAreYou')}"></div>`,
  };
}
