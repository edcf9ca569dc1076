import { useContext } from 'preact/hooks';
import { startEvent } from '../state/card-events.ts';
import { words } from '../state/words.ts';
import { CardContext } from './card-context.ts';

/** What stands below a finished answer of an AI card. */
export function Feedback({ copies }: { readonly copies: string | undefined }) {
  const place = useContext(CardContext);
  return (
    <div class="feedback">
      <p class="card-note">AI-generated</p>
      {copies !== undefined && (
        <button
          type="button"
          class="link-button"
          onClick={() => startEvent({ kind: 'copy', text: copies }, { ...place, control: 'copy' })}
        >
          {words.value.card.copy}
        </button>
      )}
    </div>
  );
}
