import { placeHash } from '../state/place.ts';
import { attempt, searches, tries } from '../state/tries.ts';

/** What the story has made ready to be tried; each leads to its person and card, and says what to do there. */
export function TryStrip() {
  if (tries.value.length === 0) return null;
  const present = attempt.value;
  return (
    <nav class="tries" aria-label="Try">
      <ul>
        {tries.value.map(({ name, label, userId }) => (
          <li key={name}>
            <button
              type="button"
              class="try"
              aria-current={present?.name === name ? 'true' : undefined}
              data-testid={`try-${name}`}
              onClick={() => {
                location.hash = placeHash(userId, userId, name);
                searches.value += 1;
              }}
            >
              {label}
            </button>
          </li>
        ))}
      </ul>
      {present && (
        <p class="try-hint" role="status">
          {present.hint}
        </p>
      )}
    </nav>
  );
}
