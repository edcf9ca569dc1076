import { words } from '../../state/words.ts';
import { type InputOf, useInput } from './use-input.ts';

/** A box to tick; where it makes a request, the answer says whether it is ticked. */
export function TickInput({ input }: { readonly input: InputOf<'tick'> }) {
  const { choose, waiting, disabled } = useInput(input);
  const asks = input.target?.kind === 'request';
  return (
    <span class="tick tick-alone">
      <input
        type="checkbox"
        aria-label={input.label || words.value.card.tick}
        aria-busy={waiting}
        checked={input.checked}
        disabled={disabled}
        onClick={(event) => {
          // The box shows what the card holds, not what the browser makes of the click.
          if (asks) event.preventDefault();
          choose(!input.checked);
        }}
      />
    </span>
  );
}
