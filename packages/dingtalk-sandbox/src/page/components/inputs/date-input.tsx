import { fromControl, toControl } from '../../state/moments.ts';
import { type InputOf, useInput } from './use-input.ts';

const CONTROLS = { date: 'date', time: 'time', datetime: 'datetime-local' } as const;

/** A date, a time, or both, written as the template asks. */
export function DateInput({ input }: { readonly input: InputOf<'date'> }) {
  const { choose, waiting, disabled } = useInput(input);
  return (
    <input
      class="input"
      type={CONTROLS[input.picker]}
      aria-label={input.label}
      aria-busy={waiting}
      disabled={disabled}
      value={toControl(input.value, input.picker)}
      onChange={(event) => choose(fromControl(event.currentTarget.value, input.format))}
    />
  );
}
