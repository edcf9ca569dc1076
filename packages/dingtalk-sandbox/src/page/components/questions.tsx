import { useEffect, useRef } from 'preact/hooks';
import { type Question, question } from '../state/questions.ts';
import { words } from '../state/words.ts';
import { useCurrent } from './use-current.ts';

/** The dialog in which a card asks for something: a confirmation, one or several of a list, a text. */
export function Questions() {
  const asked = question.value;
  return asked === undefined ? null : <QuestionDialog asked={asked} />;
}

function QuestionDialog({ asked }: { readonly asked: Question }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const close = (): void => dialog.current?.close();
  return (
    <dialog
      ref={dialog}
      class="question"
      aria-label={asked.title || words.value.card.question}
      data-testid="question"
      onClose={() => {
        question.value = undefined;
        if (asked.kind === 'text') asked.closed?.();
      }}
    >
      {asked.title && <h2>{asked.title}</h2>}
      {'message' in asked && asked.message && <p>{asked.message}</p>}
      <Answers asked={asked} close={close} />
    </dialog>
  );
}

interface Props<Asked> {
  readonly asked: Asked;
  readonly close: () => void;
}

function Answers({ asked, close }: Props<Question>) {
  switch (asked.kind) {
    case 'confirm': {
      const say = (yes: boolean): void => {
        close();
        asked.answer(yes);
      };
      return (
        <div class="question-buttons">
          <button type="button" class="button button-gray" onClick={() => say(false)}>
            {asked.cancel || words.value.card.cancel}
          </button>
          <button type="button" class="button button-blue" onClick={() => say(true)}>
            {asked.ok || words.value.card.ok}
          </button>
        </div>
      );
    }
    case 'one':
      return (
        <div class="question-list">
          {asked.choices.map((choice, place) => (
            <button
              key={`${place} ${choice}`}
              type="button"
              class="button button-gray"
              onClick={() => {
                close();
                asked.answer(place);
              }}
            >
              {choice}
            </button>
          ))}
        </div>
      );
    case 'many':
      return <Many asked={asked} close={close} />;
    case 'text':
      return <Text asked={asked} close={close} />;
  }
}

function Many({ asked, close }: Props<Extract<Question, { kind: 'many' }>>) {
  const places = useCurrent(() => asked.chosen);
  const toggle = (place: number): void =>
    places.change((now) =>
      now.includes(place) ? now.filter((one) => one !== place) : [...now, place].toSorted((a, b) => a - b),
    );
  return (
    <>
      {asked.choices.map((choice, place) => (
        <label class="tick" key={`${place} ${choice}`} for={`question-${place}`}>
          <input
            id={`question-${place}`}
            type="checkbox"
            checked={places.drawn.includes(place)}
            onChange={() => toggle(place)}
          />
          <span>{choice}</span>
        </label>
      ))}
      <Finish
        ok={words.value.card.ok}
        close={close}
        finish={() => {
          close();
          asked.answer(places.now());
        }}
      />
    </>
  );
}

function Text({ asked, close }: Props<Extract<Question, { kind: 'text' }>>) {
  const text = useCurrent(() => asked.text);
  const control = {
    class: 'input',
    'aria-label': asked.title,
    value: text.drawn,
    onInput: ({ currentTarget: { value } }: { readonly currentTarget: { readonly value: string } }) =>
      text.change(() => value),
  };
  const finish = (): void => {
    close();
    asked.answer(text.now());
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        finish();
      }}
    >
      {asked.multiline ? <textarea {...control} rows={4} /> : <input {...control} type="text" autoComplete="off" />}
      <Finish ok={words.value.card.submit} close={close} />
    </form>
  );
}

interface FinishProps {
  readonly ok: string;
  readonly close: () => void;
  /** Absent where the button submits the form around it. */
  readonly finish?: (() => void) | undefined;
}

function Finish({ ok, close, finish }: FinishProps) {
  return (
    <div class="question-buttons">
      <button type="button" class="button button-gray" onClick={close}>
        {words.value.card.cancel}
      </button>
      <button type={finish ? 'button' : 'submit'} class="button button-blue" onClick={finish}>
        {ok}
      </button>
    </div>
  );
}
