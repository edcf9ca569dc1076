import type { WhyBack } from '../../src/domain/account-state.ts';
import { markdownText } from '../markdown.ts';
import { shorten } from '../shorten.ts';
import type { T } from '../text.ts';
import type { TextKey } from '../text-key.ts';
import { shownWhen } from './when.ts';

/** How an account came back. */
export interface BackModel {
  /** Who had it. */
  readonly name: string;
  readonly back: WhyBack;
  readonly at: number;
}

const WHY: Readonly<Record<WhyBack, TextKey>> = {
  gaveBack: 'account.back.gaveBack',
  takenBack: 'account.back.takenBack',
  paused: 'account.back.paused',
  left: 'account.back.left',
};

/** `Nok Suda is paused, Tue 24 Nov 10:42.` */
export function backLine({ name, back, at }: BackModel, timeZone: string, t: T): string {
  return markdownText(t, WHY[back], { name: shorten(name, 14), when: shownWhen(t, at, timeZone) });
}
