import type { Action } from './actions.ts';
import { shorten } from './shorten.ts';
import type { T } from './text.ts';
import type { TextKey } from './text-key.ts';
import type { CardAction } from './view.ts';
import { widthOf } from './width.ts';

/** How long a button's text should be (wording rule 4). */
const LABEL = 20;
/** A name inside a label keeps at least this much, however long the label's own words are. */
const SHORTEST_NAME = 8;

type Params = Readonly<Record<string, string>>;

/** The next step: first and blue. */
export function primary(label: string, action: Action, params: Params = {}): CardAction {
  return { label, action, params, style: 'primary' };
}

export function plain(label: string, action: Action, params: Params = {}): CardAction {
  return { label, action, params, style: 'plain' };
}

/** For what cannot be taken back. */
export function danger(label: string, action: Action, params: Params = {}): CardAction {
  return { label, action, params, style: 'danger' };
}

export function menuButton(t: T): CardAction {
  return plain(t('button.menu'), 'menu.open');
}

/** All photos, from wherever everything is checked before it is sent; there one is said to be of another shop. */
export function seePhotosButton(t: T): CardAction {
  return plain(t('button.seePhotos'), 'photos.list');
}

export function backButton(t: T): CardAction {
  return plain(t('button.back'), 'promotion.back');
}

/** A label with a name in it (`Resume Baan Coffee`); a long name is cut, so that the label stays short. */
export function labelWith(t: T, key: TextKey, name: string): string {
  const words = widthOf(t(key, { name: '' }));
  return t(key, { name: shorten(name, Math.max(SHORTEST_NAME, LABEL - words)) });
}
