import { shorten } from './shorten.ts';
import type { CardView } from './view.ts';

/** A banner shows about two lines. */
const ALERT = 80;

/** What nobody but the reader should see on a locked screen: numbers to call or pay with, addresses, links, tails of codes. */
const PRIVATE = /\S+@\S+|https?:\S+|[+(]?\d(?:[ ().-]?\d){5,}|…\d{3,}/g;

/**
 * What a phone says of a new card while it is locked: its title and status, or its one sentence, in the reader's language and without
 * anything private (dingtalk 3.2, `notification.alertContent`).
 */
export function alertOf({ title, tag, alert = tag?.text ?? '', body = [] }: CardView): string {
  const words = title === '' ? (body[0] ?? '') : [title, alert].filter((said) => said !== '').join(' · ');
  return shorten(plainText(words).replaceAll(PRIVATE, '…'), ALERT);
}

function plainText(markdown: string): string {
  return markdown.replaceAll(/[*\\]/g, '');
}
