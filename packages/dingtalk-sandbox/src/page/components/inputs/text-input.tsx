import { useEffect, useState } from 'preact/hooks';
import { ask } from '../../state/questions.ts';
import { type InputOf, useInput } from './use-input.ts';

/** A text: asked for in a dialog, as the client does, or typed where it stands and taken when it is left. */
export function TextInput({ input }: { readonly input: InputOf<'text'> }) {
  return input.inline ? <InlineText input={input} /> : <AskedText input={input} />;
}

function AskedText({ input }: { readonly input: InputOf<'text'> }) {
  const { choose, waiting, disabled } = useInput(input);
  const { label, message, value, multiline, placeholder } = input;
  return (
    <button
      type="button"
      class={value === '' ? 'input input-button input-empty' : 'input input-button'}
      aria-label={`${label}: ${value || placeholder}`}
      aria-haspopup="dialog"
      aria-busy={waiting}
      disabled={disabled}
      onClick={() => ask({ kind: 'text', title: label, message, text: value, multiline, answer: choose })}
    >
      {value || placeholder}
    </button>
  );
}

function InlineText({ input }: { readonly input: InputOf<'text'> }) {
  const { choose, waiting, disabled } = useInput(input);
  const [text, setText] = useState(input.value);
  useEffect(() => setText(input.value), [input.value]);
  const control = {
    class: 'input',
    'aria-label': input.label,
    'aria-busy': waiting,
    placeholder: input.placeholder,
    value: text,
    disabled,
    onInput: (event: { readonly currentTarget: { readonly value: string } }) => setText(event.currentTarget.value),
    onChange: (event: { readonly currentTarget: { readonly value: string } }) => choose(event.currentTarget.value),
  };
  return input.multiline ? <textarea {...control} rows={2} /> : <input {...control} type="text" autoComplete="off" />;
}
