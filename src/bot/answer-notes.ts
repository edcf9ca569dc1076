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
/** How long a note waits for those of others who tap at this moment: nobody taps their card again so soon. */
const TOGETHER_MS = 40;

/** What ends while others tap goes with what ends next, and a few writes go at a time: so that many taps at once cost few of them. */
export function createAnswerNotes(othersTap: () => boolean = () => false): NoteAnswer {
  let waiting: Waiting[] = [];
  let writing = 0;
  /** Since the last write it is not that long. */
  let pause: NodeJS.Timeout | undefined;

  async function write(): Promise<void> {
    const batch = waiting;
    waiting = [];
    writing += 1;
    clearTimeout(pause);
    pause = setTimeout(() => {
      pause = undefined;
      writeSoon();
    }, TOGETHER_MS);
    try {
      const noted = await finishAnswers(batch.map(({ end }) => end));
      for (const [index, { done }] of batch.entries()) done(noted[index] ?? { needsPut: true });
    } catch (error) {
      for (const { failed } of batch) failed(error);
    }
    writing -= 1;
    writeSoon();
  }

  function writeSoon(): void {
    if (waiting.length === 0 || writing >= WRITES_AT_ONCE) return;
    if (pause === undefined || !othersTap()) void write();
  }

  return (end) =>
    new Promise((done, failed) => {
      waiting.push({ end, done, failed });
      writeSoon();
    });
}
