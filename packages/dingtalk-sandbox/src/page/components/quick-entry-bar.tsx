import type { Person } from '../../protocol/page-protocol.ts';
import { webViewAddress } from '../../protocol/web-view.ts';
import { languageOf } from '../state/language.ts';
import { entryName, openPage, quickEntries } from '../state/quick-entries.ts';
import { language, words } from '../state/words.ts';

/** The entries that the app has put at the bottom of everybody's chat with it: each opens its page over the chat. */
export function QuickEntryBar({ viewer }: { readonly viewer: Person }) {
  if (quickEntries.value.length === 0) return null;
  return (
    <nav class="quick-entries" aria-label={words.value.write.quick}>
      {quickEntries.value.map((entry) => {
        const name = entryName(entry, [language.value]);
        const address = webViewAddress(viewer.userId, entry.url);
        const face = (
          <>
            <img src={`/sandbox/api/media/${encodeURIComponent(entry.icon)}`} alt="" width="20" height="20" />
            <span lang={languageOf(name)}>{name}</span>
          </>
        );
        return address === undefined ? (
          <a key={entry.url} class="quick-entry" href={entry.url} target="_blank" rel="noopener noreferrer">
            {face}
          </a>
        ) : (
          <button
            key={entry.url}
            type="button"
            class="quick-entry"
            data-testid="quick-entry"
            onClick={() => {
              openPage.value = { title: name, address };
            }}
          >
            {face}
          </button>
        );
      })}
    </nav>
  );
}
