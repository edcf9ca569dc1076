import type { Said } from '../../src/domain/question.ts';
import { shownWhen } from '../account/when.ts';
import { shorten } from '../shorten.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';

/** What was asked about a line of the ledger last, and what was answered to that. */
export interface LineTalk {
  readonly asked: Said;
  readonly answer?: Said | undefined;
  /** Who answered; absent where that is not known any more. */
  readonly admin?: string | undefined;
}

/** The question, and below it the answer with a tick and whose it is. */
export function lineTalkFacts(
  { asked, answer, admin = '' }: LineTalk,
  timeZone: string,
  t: T,
): NonNullable<CardView['facts']> {
  const question = { label: `? ${shownWhen(t, asked.at, timeZone)}`, value: asked.statement };
  if (answer === undefined) return [question];
  const who = admin === '' ? '' : ` · ${shorten(admin, 16)}`;
  return [question, { label: `✓ ${shownWhen(t, answer.at, timeZone)}${who}`, value: answer.statement }];
}
