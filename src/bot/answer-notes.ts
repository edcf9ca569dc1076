import { type AnswerEnd, finishAnswers } from '../../models/card-answers.ts';

/** Notes what became of one answer; tells whether an update of its card is needed. */
export type NoteAnswer = (end: AnswerEnd) => Promise<{ readonly needsPut: boolean }>;

interface Waiting {
  readonly end: AnswerEnd;
  readonly done: (noted: { readonly needsPut: boolean }) => void;
  readonly failed: (error: unknown) => void;
}

/** One write at a time: what ends while it is under way goes with the next one, so that many taps at once cost few of them. */
export function createAnswerNotes(): NoteAnswer {
  let waiting: Waiting[] = [];
  let writing = false;

  async function write(): Promise<void> {
    writing = true;
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
    writing = false;
  }

  return (end) =>
    new Promise((done, failed) => {
      waiting.push({ end, done, failed });
      if (!writing) void write();
    });
}
