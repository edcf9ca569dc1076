import { asAppError } from '@field/kit/errors';
import type { Logger } from '@field/kit/log';
import { type AnswerInFlight, doubtAnswer, keepLine } from '../../models/card-answers.ts';
import type { CardLine } from '../../models/cards.ts';
import type { CardImages } from '../delivery/card-images.ts';
import type { Rendered } from '../delivery/renderer.ts';
import type { InFlight } from '../work/in-flight.ts';
import type { NoteAnswer } from './answer-notes.ts';

export interface FinishOptions {
  readonly log: Logger;
  readonly images: Pick<CardImages, 'prepare'>;
  readonly inFlight: InFlight;
  readonly noteAnswer: NoteAnswer;
  /** Wakes delivery: a card is to be drawn. */
  readonly wake: () => void;
}

/** A tap's answer: what it carries, and `line`, which stands on top in it alone. */
export interface Answered {
  readonly answer: AnswerInFlight;
  readonly rendered: Rendered;
  readonly line: CardLine | undefined;
}

/** The answer has left, `inTime` or not at all as far as anybody knows: what it did not bring to the phone an update of the card does. */
export function finishTap(
  options: FinishOptions,
  { answer, rendered, line }: Answered,
  inTime: boolean,
): Promise<void> {
  const done = options.inFlight.begin('answer');
  const { version, hash, asked, formOpen, redrawAt } = rendered;
  options.images.prepare(rendered.soon, rendered.payer);
  const finish = async (): Promise<void> => {
    if (!inTime && line !== undefined) await keepLine(answer.outTrackId, line);
    const shown = inTime ? { version, hash, asked } : undefined;
    const { needsPut } = await options.noteAnswer({ answer, shown, formOpen, redrawAt });
    if (needsPut) options.wake();
  };
  return finish()
    .catch((error: unknown) => {
      options.log.error({ code: asAppError(error).code, trace: answer.id, err: error }, 'tap.unfinished');
    })
    .finally(done);
}

/** The card may still show what it showed before the tap: unless something was sent to it since, one redraw makes sure. */
export function repairLost(
  { inFlight, wake, log }: FinishOptions,
  { answer, line }: Omit<Answered, 'rendered'>,
): Promise<void> {
  const done = inFlight.begin('answer');
  const repair = async (): Promise<void> => {
    // a tap since then has an answer of its own
    const isLast = await doubtAnswer(answer);
    if (isLast && line !== undefined) await keepLine(answer.outTrackId, line);
    wake();
  };
  return repair()
    .catch((error: unknown) => log.error({ trace: answer.id, err: error }, 'tap.unrepaired'))
    .finally(done);
}
