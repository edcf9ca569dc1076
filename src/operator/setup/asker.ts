import { createInterface } from 'node:readline';
import { isCancel, log, password, text } from '@clack/prompts';
import { AppError } from '@field/kit/errors';
import { SETUP_QUESTIONS, type SetupName, type SetupQuestion } from './questions.ts';

/** Who answers the questions of `setup`. */
export interface Asker {
  /** An answer that is not wrong. `before`: what was answered the last time. Errors: `usage.wrong`. */
  ask(name: SetupName, before?: string): Promise<string>;
  /** Says something between two questions. */
  say(sentence: string): void;
  /** Whether somebody is there to answer another time. */
  readonly asksAgain: boolean;
  close(): void;
}

/** Somebody at a terminal. */
export function terminalAsker(): Asker {
  return {
    asksAgain: true,
    async ask(name, before) {
      const question: SetupQuestion = SETUP_QUESTIONS[name];
      const { asks, hint, secret, unless, wrong } = question;
      const message = `${asks} (${hint})`;
      const validate = (typed: string | undefined) => wrong((typed ?? '').trim() || (before ?? unless ?? ''));
      const typed = secret
        ? await password({ message, validate })
        : await text({ message, validate, placeholder: before ?? unless ?? '', initialValue: before ?? '' });
      if (isCancel(typed)) throw new AppError('usage.wrong', { say: 'Broken off: nothing was written.' });
      return typed.trim() || (before ?? unless ?? '');
    },
    say: (sentence) => log.warn(sentence),
    close: () => undefined,
  };
}

/** Answers that come by a pipe, one a line, in the order of the questions; an empty line is what counts by itself. */
export function pipedAsker(input: NodeJS.ReadableStream, say: (sentence: string) => void): Asker {
  const lines = createInterface({ input })[Symbol.asyncIterator]();
  return {
    asksAgain: false,
    async ask(name) {
      const { asks, unless, wrong }: SetupQuestion = SETUP_QUESTIONS[name];
      const next = await lines.next();
      const answer = (next.done ? '' : next.value.trim()) || (unless ?? '');
      const isMissing = answer === '' && unless === undefined;
      const problem = isMissing ? 'no answer came; each question takes one line.' : wrong(answer);
      if (problem === undefined) return answer;
      throw new AppError('usage.wrong', { say: `${asks}: ${problem}` });
    },
    say,
    close: () => void lines.return?.(),
  };
}
