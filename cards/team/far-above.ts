import { percentUsed } from '../../src/domain/limits.ts';
import { menuButton, plain, primary } from '../buttons.ts';
import { shownMonth, shownNumber } from '../dates.ts';
import { markdownText } from '../markdown.ts';
import { shorten } from '../shorten.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';

/** Whose messages and taps are far above those of everybody else. */
export interface FarAboveModel {
  readonly userId: string;
  readonly name: string;
  /** `2026-11`. */
  readonly month: string;
  /** As it is now, and the share of the own ISO. */
  readonly pushes: number;
  readonly limit: number;
  readonly canPause: boolean;
}

const LONGEST_NAME = 30;

/** *One person does very much*: who, and how much of the own ISO's share it is. Nobody can refuse what is sent; an admin can pause who sends it. */
export function farAbove({ userId, name, month, pushes, limit, canPause }: FarAboveModel, t: T): CardView {
  const numbers = { used: shownNumber(t.language, pushes), percent: percentUsed(pushes, limit) };
  const args = { name: shorten(name, LONGEST_NAME), month: shownMonth(t.language, month), ...numbers };
  const pause = primary(t('button.pause'), 'team.askChange', { person: userId, change: 'pause' });
  return {
    title: t('farAbove.title'),
    body: [markdownText(t, 'farAbove.who', args), t('farAbove.why')],
    actions: [...(canPause ? [pause] : []), plain(t('button.limits'), 'team.limits'), menuButton(t)],
  };
}
