import { chosenReason } from '../../../cards/association/reject-reason.ts';
import type { T } from '../../../cards/text.ts';
import { html } from '../pages/html.ts';
import type { Page } from '../pages/page.ts';
import { sealedAddress } from './typed-address.ts';

/** What the person may know of their request, without being in any chat. */
export interface StatusModel {
  /** Many asked at once: it takes longer. */
  readonly inLine?: boolean | undefined;
  /** The e-mail to which it was sent, of the page that is nobody's own; empty where it is not known. */
  readonly isoEmail?: string | undefined;
  readonly state: 'sent' | 'approved' | 'stuck' | 'rejected' | 'joined' | 'ended';
  /** Why it was not approved: a reason's code, or the admin's own words. */
  readonly reason?: string | undefined;
}

/** *Request sent*, and what became of it: no card can reach somebody who is outside the organisation. */
export function statusPage({ state, reason, inLine, isoEmail = '' }: StatusModel, t: T): Page {
  const again = html`<p><a class="button" href="/join/general?lang=${t.language}">${t('button.sendAgain')}</a></p>`;
  const typed = isoEmail === '' ? '' : `&to=${sealedAddress(isoEmail)}`;
  const query = `${inLine === true ? '&line=1' : ''}${typed}`;
  const look = html`<p><a class="button" href="?lang=${t.language}${query}">${t('page.lookAgain')}</a></p>`;
  switch (state) {
    case 'sent':
      return {
        title: t('requestSent.title'),
        query,
        content: html`
${isoEmail !== '' && html`<p>${t('requestSent.to', { isoEmail })} <strong>${t('page.check')}</strong></p>`}
<p><a class="link" href="/join/general?lang=${t.language}${typed}">${t('page.mistake')}</a></p>
<p>${t('page.wait')}</p>
${inLine === true && html`<p>${t('page.inLine')}</p>`}
<p>${t('page.keep')}</p>
<p>${t('requestSent.ask')}</p>
${look}`,
      };
    case 'approved':
      return {
        title: t('page.approved'),
        content: html`<ol><li>${t('page.openDingTalk')}</li><li>${t('page.orgInvitation')}</li><li>${t('page.joinPartners')}</li></ol><p>${t('page.samePhone')}</p>${look}`,
      };
    case 'stuck':
      return { title: t('page.approved'), content: html`<p>${t('page.stuck')}</p>${look}` };
    case 'rejected':
      return {
        title: t('rejected.title'),
        content: html`<p>${reason === undefined ? t('rejected.noReason') : (chosenReason(t, reason) ?? reason)}</p>${again}`,
      };
    case 'joined':
      return { title: t('page.joined'), content: html`<p>${t('page.sayHi')}</p>` };
    case 'ended':
      return { title: t('page.ended'), content: html`<p>${t('page.endedWhy')}</p>${again}` };
  }
}

/** One page for whatever is not there: a guessed address learns nothing. */
export function nothingPage(t: T): Page {
  return {
    title: t('page.nothing'),
    content: html`<p>${t('page.nothingWhy')}</p><p><a class="button" href="/join/general?lang=${t.language}">${t('join.title')}</a></p>`,
  };
}

export function tooManyPage(t: T, seconds: number): Page {
  const minutes = Math.ceil(seconds / 60);
  return { title: t('page.tooMany'), content: html`<p>${t('page.tooManyWhy', { minutes })}</p>` };
}

export function tooLargePage(t: T): Page {
  return {
    title: t('page.tooLarge'),
    content: html`<p><a class="button" href="/join/general?lang=${t.language}">${t('join.title')}</a></p>`,
  };
}
