import { type AnswerEnd, finishAnswers } from '../../models/card-answers.ts';

/** Notes what became of one answer; tells whether an update of its card is needed. */
export type NoteAnswer = (end: AnswerEnd) => Promise<{ readonly needsPut: boolean }>;

interface Waiting {
  readonly end: AnswerEnd;
  readonly done: (noted: { readonly needsPut: boolean }) => void;
  readonly failed: (error: unknown) => void;
}

/** One write may wait for whoever holds its card, and the next tap on a card whose note waits costs an update of it: so notes wait for few. */
const WRITES_AT_ONCE = 4;

/** A few writes at a time: what ends while they are under way goes with the next one, so that many taps at once cost few of them. */
export function createAnswerNotes(): NoteAnswer {
  let waiting: Waiting[] = [];
  let writing = 0;

  async function write(): Promise<void> {
    writing += 1;
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        const noted = await finishAnswers(batch.map(({ end }) => end));
        for (const [index, { done }] of batch.entries()) done(noted[index] ?? { needsPut: true });
      } catch (error) {
        for (const { failed } of batch) failed(error);
      }
    }
    writing -= 1;
  }

  return (end) =>
    new Promise((done, failed) => {
      waiting.push({ end, done, failed });
      if (writing < WRITES_AT_ONCE) void write();
    });
}
