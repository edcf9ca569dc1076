import { useRef, useState } from 'preact/hooks';
import { postReset, RefusedError } from '../state/api.ts';
import { showToast } from '../state/toasts.ts';

/** Puts everything back to the first start, after asking once. */
export function ResetDemo() {
  const dialog = useRef<HTMLDialogElement>(null);
  const [busy, setBusy] = useState(false);
  const reset = async (): Promise<void> => {
    setBusy(true);
    try {
      await postReset();
      showToast('The demo starts afresh.');
    } catch (problem) {
      showToast(problem instanceof RefusedError ? problem.message : 'It could not be reset.');
    } finally {
      setBusy(false);
      dialog.current?.close();
    }
  };
  return (
    <footer class="side-foot">
      <button type="button" class="quiet-button" onClick={() => dialog.current?.showModal()}>
        Reset demo
      </button>
      <dialog ref={dialog} class="question" aria-labelledby="reset-head">
        <h2 id="reset-head">Reset the demo?</h2>
        <p>All chats, shops and photos of this demo are removed.</p>
        <div class="question-buttons">
          <button type="button" class="button button-gray" onClick={() => dialog.current?.close()}>
            Keep
          </button>
          <button type="button" class="button button-red" aria-busy={busy} disabled={busy} onClick={() => void reset()}>
            Reset
          </button>
        </div>
      </dialog>
    </footer>
  );
}
