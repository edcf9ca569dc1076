import { signal } from '@preact/signals';

/** What a card asks the person in a dialog of the client, and what is done with the answer; closing it answers nothing. */
export type Question =
  | {
      readonly kind: 'confirm';
      readonly title: string;
      readonly message: string;
      readonly ok: string;
      readonly cancel: string;
      readonly answer: (yes: boolean) => void;
    }
  | {
      readonly kind: 'one';
      readonly title: string;
      readonly message: string;
      readonly choices: readonly string[];
      readonly answer: (place: number) => void;
    }
  | {
      readonly kind: 'many';
      readonly title: string;
      readonly choices: readonly string[];
      readonly chosen: readonly number[];
      readonly answer: (places: readonly number[]) => void;
    }
  | {
      readonly kind: 'text';
      readonly title: string;
      readonly message: string;
      readonly text: string;
      readonly multiline: boolean;
      readonly answer: (text: string) => void;
      /** It was closed, perhaps after it was answered. */
      readonly closed?: (() => void) | undefined;
    };

export const question = signal<Question | undefined>(undefined);

/** Puts a question over the page; a new one takes the place of the last. */
export function ask(asked: Question): void {
  question.value = asked;
}
