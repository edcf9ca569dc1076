import { useRef, useState } from 'preact/hooks';
import { postReset, postStory, RefusedError } from '../state/api.ts';
import { hasStory, hero } from '../state/chats.ts';
import { openAtBeginning } from '../state/place.ts';
import { showToast } from '../state/toasts.ts';
import { words } from '../state/words.ts';

type How = 'story' | 'empty';

/** Begins afresh, after asking once: with the story where there is one, or with nothing. */
export function StartAgain() {
  const dialog = useRef<HTMLDialogElement>(null);
  const [busy, setBusy] = useState<How | undefined>(undefined);
  const { again } = words.value;
  const begin = async (how: How): Promise<void> => {
    setBusy(how);
    try {
      await (how === 'story' ? postStory() : postReset());
      openAtBeginning(hero.peek());
      showToast(how === 'story' ? again.storyBegins : again.emptied);
    } catch (problem) {
      showToast(problem instanceof RefusedError ? problem.message : again.failed);
    } finally {
      setBusy(undefined);
      dialog.current?.close();
    }
  };
  const choice = (how: How, label: string, color: string) => (
    <button
      type="button"
      class={`button button-${color}`}
      aria-busy={busy === how}
      disabled={busy !== undefined}
      onClick={() => void begin(how)}
    >
      {busy === how && <span class="spinner" aria-hidden="true" />}
      {label}
    </button>
  );
  return (
    <>
      <button type="button" class="quiet-button" onClick={() => dialog.current?.showModal()}>
        {again.open}
      </button>
      <dialog ref={dialog} class="question" aria-labelledby="again-head">
        <h2 id="again-head">{again.head}</h2>
        <p>{again.removes}</p>
        <div class="question-list">
          {hasStory.value && choice('story', again.story, 'blue')}
          {choice('empty', again.empty, 'red')}
          <button type="button" class="button button-gray" onClick={() => dialog.current?.close()}>
            {again.keep}
          </button>
        </div>
      </dialog>
    </>
  );
}
