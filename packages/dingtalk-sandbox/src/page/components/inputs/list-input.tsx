import { useId } from 'preact/hooks';
import { words } from '../../state/words.ts';
import type { Draw } from '../card-context.ts';
import { type InputOf, useInput } from './use-input.ts';

/** One or several of what is to be seen at once: boxes beside each item, or words to tap on and off. */
export function ListInput({ input, draw }: { readonly input: InputOf<'list'>; readonly draw: Draw }) {
  const { choose, disabled } = useInput(input);
  const id = useId();
  const chosen = input.items.filter((item) => item.checked).map((item) => item.value);
  const toggle = (value: unknown): void => {
    if (!input.many) choose(value);
    else choose(chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value]);
  };
  if (input.look === 'tags') {
    return (
      <div class="word-tags">
        {input.items.map((item) => (
          <button
            key={item.text}
            type="button"
            class="word-tag"
            aria-pressed={item.checked}
            disabled={disabled}
            onClick={() => toggle(item.value)}
          >
            {item.text}
          </button>
        ))}
      </div>
    );
  }
  return (
    <fieldset class="choices">
      <legend class="hidden">{words.value.card.choose}</legend>
      {input.items.map((item, index) => (
        <label class="tick" key={`${index} ${item.text}`} for={`${id}-${index}`}>
          <input
            id={`${id}-${index}`}
            type={input.many ? 'checkbox' : 'radio'}
            name={id}
            checked={item.checked}
            disabled={disabled}
            onChange={() => toggle(item.value)}
          />
          <span>{draw(item.nodes)}</span>
        </label>
      ))}
    </fieldset>
  );
}
