import { dismissToast, toasts } from '../state/toasts.ts';
import { words } from '../state/words.ts';
import { CloseIcon } from './icons.tsx';

/** What did not work, over the composer, with the offer to do it again. */
export function Toasts() {
  return (
    <div class="toasts" role="status" aria-live="polite">
      {toasts.value.map(({ id, text, again }) => (
        <div class="toast" key={id} data-testid="toast">
          <p>{text}</p>
          {again && (
            <button
              type="button"
              class="toast-again"
              onClick={() => {
                dismissToast(id);
                again();
              }}
            >
              {words.value.problem.again}
            </button>
          )}
          <button
            type="button"
            class="toast-close"
            aria-label={words.value.problem.dismiss}
            onClick={() => dismissToast(id)}
          >
            <CloseIcon />
          </button>
        </div>
      ))}
    </div>
  );
}
