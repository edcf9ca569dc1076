/** Stands over an empty chat and sends the first word. */
export function SayHi({ onSayHi }: { readonly onSayHi: () => void }) {
  return (
    <div class="say-hi">
      <span class="avatar avatar-bot avatar-large" aria-hidden="true">
        ✓
      </span>
      <p>Promotions, inspections and results, step by step in this chat.</p>
      <button type="button" class="button button-blue" onClick={onSayHi}>
        Say hi
      </button>
    </div>
  );
}
