import { done, entriesOf, nameOf } from '../state/chats.ts';
import { placeHash } from '../state/place.ts';
import { nextSampleFor } from '../state/samples.ts';
import { attempt, searches, tries } from '../state/tries.ts';
import { hintOf, type Try } from '../state/try-steps.ts';
import { words } from '../state/words.ts';

const NUMBERS = ['①', '②', '③', '④'];

/** What the story has made ready to be tried, with a tick once it is done; each leads to its person and card. */
export function TryStrip() {
  if (tries.value.length === 0) return null;
  const present = attempt.value;
  const text = words.value.try;
  return (
    <nav class="tries" aria-label={text.head}>
      <ul>
        {tries.value.map(({ name, userId }, index) => {
          const isDone = done.value.includes(name);
          return (
            <li key={name}>
              <button
                type="button"
                class={isDone ? 'try try-done' : 'try'}
                aria-current={present?.name === name ? 'true' : undefined}
                data-testid={`try-${name}`}
                onClick={() => {
                  location.hash = placeHash(userId, userId, name);
                  searches.value += 1;
                }}
              >
                <span class="try-sign" aria-hidden="true">
                  {isDone ? '✓' : NUMBERS[index]}
                </span>
                {text[name]}
                {isDone && <span class="hidden"> ({text.done})</span>}
              </button>
            </li>
          );
        })}
      </ul>
      {present && <Hint present={present} />}
    </nav>
  );
}

/** What to do next, in one line; once it is done, the way to the phone where it shows. */
function Hint({ present }: { readonly present: Try }) {
  const { userId, name, thenBe } = present;
  const text = words.value.try;
  const isSampleAsked = nextSampleFor(userId) !== undefined;
  const isDone = done.value.includes(name);
  const line = text[hintOf(present, { entries: entriesOf(userId), isSampleAsked, isDone })];
  return (
    <p class="try-hint" role="status" data-testid="try-hint">
      {line}
      {thenBe !== undefined && isDone && (
        <a class="try-then" href={placeHash(thenBe, thenBe)}>
          {text.be(nameOf(thenBe))}
        </a>
      )}
    </p>
  );
}
