import { words } from '../state/words.ts';
/** Stands over an empty chat and sends the first word. */
export function SayHi({ onSayHi }: { readonly onSayHi: () => void }) {
  return (
    <div class="say-hi">
      <span class="avatar avatar-bot avatar-large" aria-hidden="true">
        ✓
      </span>
      <p>{words.value.chat.sayHiWhy}</p>
      <button type="button" class="button button-blue" onClick={onSayHi}>
        {words.value.chat.sayHi}
      </button>
    </div>
  );
}
