import type { CardView, Tone } from './view.ts';

/** Each mark has one meaning and one colour: it is there, it waits, it is to do, it failed (wording rule 9). */
const TONES: Readonly<Record<string, Tone>> = { '✓': 'success', '…': 'info', '!': 'warning', '✗': 'danger' };

/** A status that begins with its mark, in the colour of that. */
export function status(text: string): CardView['tag'] {
  return { text, tone: TONES[text.charAt(0)] ?? 'info' };
}
