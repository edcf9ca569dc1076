import { useState } from 'preact/hooks';
import type { Person } from '../../protocol/page-protocol.ts';
import { postJoin, RefusedError } from '../state/api.ts';
import { showToast } from '../state/toasts.ts';
import { words } from '../state/words.ts';

interface Props {
  readonly viewer: Person;
  readonly text: string;
}

/** What DingTalk itself shows to someone who is asked into an organisation. */
export function Invitation({ viewer, text }: Props) {
  const [busy, setBusy] = useState(false);
  const { invitation } = words.value;
  const accept = async (): Promise<void> => {
    setBusy(true);
    try {
      await postJoin(viewer.userId);
    } catch (problem) {
      showToast(problem instanceof RefusedError ? problem.message : invitation.failed, () => void accept());
    } finally {
      setBusy(false);
    }
  };
  return (
    <article class="card" aria-label={invitation.head}>
      <header class="card-head">
        <h2>{invitation.head}</h2>
      </header>
      <p>{text || invitation.text}</p>
      {viewer.joined ? (
        <p class="card-note">{invitation.joined}</p>
      ) : (
        <div class="buttons">
          <button
            type="button"
            class="button button-blue"
            aria-busy={busy}
            aria-disabled={busy}
            onClick={() => !busy && void accept()}
          >
            {invitation.accept}
          </button>
        </div>
      )}
    </article>
  );
}
