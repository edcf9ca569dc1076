import { speak } from '../state/follow-language.ts';
import { inspecting } from '../state/inspector.ts';
import { LANGUAGES, language, words } from '../state/words.ts';
import { StartAgain } from './start-again.tsx';

/** What concerns the page itself: its language, a beginning afresh, and what developers look at. */
export function SideFoot() {
  return (
    <footer class="side-foot">
      <fieldset class="languages" aria-label={words.value.page.language}>
        {LANGUAGES.map(({ tag, name }) => (
          <button
            key={tag}
            type="button"
            class="quiet-button"
            lang={tag}
            aria-pressed={language.value === tag}
            data-testid={`speak-${tag}`}
            onClick={() => speak(tag)}
          >
            {name}
          </button>
        ))}
      </fieldset>
      <div class="side-foot-row">
        <StartAgain />
        <button
          type="button"
          class="quiet-button"
          aria-expanded={inspecting.value}
          data-testid="inspect"
          onClick={() => {
            inspecting.value = !inspecting.value;
          }}
        >
          {words.value.inspector.open}
        </button>
      </div>
    </footer>
  );
}
