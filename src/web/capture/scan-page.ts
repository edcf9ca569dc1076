import { readFileSync } from 'node:fs';
import type { T } from '../../../cards/text.ts';
import { html } from '../pages/html.ts';
import type { Page } from '../pages/page.ts';
import type { ScanFiles } from './assets.ts';
import type { PageTexts } from './client/page/texts.ts';

const STYLE = readFileSync(new URL('./style.css', import.meta.url), 'utf8');

export interface ScanPageModel {
  /** The organisation and the app for which DingTalk's client gives a code. */
  readonly corpId: string;
  readonly clientId: string;
  readonly nonce: string;
  readonly files: ScanFiles;
}

/**
 * `Scan and photograph`: everything that does not hang on who is looking, so that a worker may keep it. What is asked for comes from
 * `/go/scan/state`, and is drawn by `client/page`.
 */
export function scanPage({ corpId, clientId, nonce, files }: ScanPageModel, t: T): Page {
  const texts = JSON.stringify(textsOf(t));
  return {
    title: t('name.scanPage'),
    style: STYLE,
    script: files.script,
    isModule: true,
    content: html`<p id="who" hidden><span id="name"></span> <button type="button" class="plain" id="not-you">${t('scanPage.notYou')}</button></p>
<p id="say" role="status"></p>
<noscript><p>${t('entryPage.elsewhere')}</p></noscript>
<button type="button" id="again" hidden>${t('button.tryAgain')}</button>
<p id="queue" role="status" hidden></p>
<p id="toast" role="status" hidden></p>
<ul id="notes" aria-live="polite"></ul>
<p id="instead" hidden></p>
<h2 id="shop" hidden></h2>
<p id="place" class="hint" hidden></p>
<div id="asks"></div>
<button type="button" id="chat" class="plain" hidden>${t('scanPage.chat')}</button>
<div id="camera" role="dialog" aria-modal="true" aria-label="${t('scanPage.scan')}" hidden>
<video id="video" playsinline muted></video>
<p role="status">${t('scanPage.hold')}</p>
<button type="button" id="stop">${t('scanPage.stop')}</button>
</div>
<div id="scan" hidden data-corp="${corpId}" data-client="${clientId}" data-nonce="${nonce}" data-wasm="${files.wasm}" data-texts="${texts}"></div>`,
  };
}

/** The page puts values in by itself, which is why each brace stays. */
function textsOf(t: T): PageTexts {
  const count = '{count}';
  return {
    allSent: t('scanPage.allSent'),
    asItWas: t('scanPage.asItWas', { time: '{time}' }),
    cannotKeep: t('scanPage.cannotKeep'),
    checking: t('scanPage.checking', { count }),
    clockWrong: t('scanPage.clockWrong', { count: 2, hours: '{hours}' }),
    clockWrongOneHour: t('scanPage.clockWrong', { count: 1, hours: 1 }),
    code: t('scanPage.code'),
    closeIt: t('entryPage.done'),
    elsewhere: t('entryPage.elsewhere'),
    example: t('scanPage.example'),
    fillIn: t('scanPage.fillIn', { title: '{title}' }),
    full: t('scanPage.full'),
    gallery: t('scanPage.gallery'),
    have: t('scanPage.have', { have: '{have}', most: '{most}' }),
    kept: t('scanPage.kept'),
    noCamera: t('scanPage.noCamera'),
    noConnection: t('entryPage.noConnection'),
    offline: t('scanPage.offline'),
    onPhone: t('scanPage.onPhone', { count }),
    opening: t('entryPage.opening'),
    others: t('scanPage.others', { count }),
    photo: t('scanPage.photo'),
    place: t('scanPage.place'),
    read: t('scanPage.read'),
    save: t('button.save'),
    scan: t('scanPage.scan'),
    sending: t('scanPage.sending', { count }),
    tooBig: t('scanPage.tooBig'),
    type: t('button.typeCode'),
    waiting: t('scanPage.waiting', { count }),
    whoAreYou: t('entryPage.whoAreYou'),
  };
}
