import { ask } from '../../state/questions.ts';
import { type InputOf, useInput } from './use-input.ts';

/** One of a list, or several; what was chosen goes on as `{index, value}`. */
export function SelectInput({ input }: { readonly input: InputOf<'select'> }) {
  return input.many ? <SelectMany input={input} /> : <SelectOne input={input} />;
}

function SelectOne({ input }: { readonly input: InputOf<'select'> }) {
  const { choose, waiting, disabled } = useInput(input);
  return (
    <select
      class="input"
      aria-label={input.label}
      aria-busy={waiting}
      disabled={disabled}
      value={input.chosen[0] === undefined ? '' : String(input.chosen[0])}
      onChange={(event) => {
        const index = Number(event.currentTarget.value);
        choose({ index, value: input.options[index]?.value });
      }}
    >
      <option value="" disabled>
        {input.placeholder || '—'}
      </option>
      {input.options.map((option, index) => (
        <option key={`${index} ${option.text}`} value={String(index)}>
          {option.text}
        </option>
      ))}
    </select>
  );
}

function SelectMany({ input }: { readonly input: InputOf<'select'> }) {
  const { choose, waiting, disabled } = useInput(input);
  const shown = input.chosen.map((place) => input.options[place]?.text).join(', ');
  const answer = (places: readonly number[]): void =>
    choose({ index: places, value: places.map((place) => input.options[place]?.value) });
  return (
    <button
      type="button"
      class={shown === '' ? 'input input-button input-empty' : 'input input-button'}
      aria-label={`${input.label}: ${shown}`}
      aria-haspopup="dialog"
      aria-busy={waiting}
      disabled={disabled}
      onClick={() =>
        ask({
          kind: 'many',
          title: input.label,
          choices: input.options.map(({ text }) => text),
          chosen: input.chosen,
          answer,
        })
      }
    >
      {shown || input.placeholder}
    </button>
  );
}
