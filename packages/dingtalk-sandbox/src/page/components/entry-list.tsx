import type { Entry, Person } from '../../protocol/page-protocol.ts';
import { isLoaded } from '../state/chats.ts';
import { demoNow } from '../state/demo-clock.ts';
import { anotherDay, dayLabel } from '../state/message-time.ts';
import { unsent } from '../state/outgoing.ts';
import { searches, soughtIn } from '../state/tries.ts';
import { words } from '../state/words.ts';
import { EntryItem } from './entry-item.tsx';
import { SayHi } from './say-hi.tsx';
import { UnsentItem } from './unsent-item.tsx';
import { useStickyScroll } from './use-sticky-scroll.ts';

interface Props {
  readonly viewer: Person;
  readonly conversationId: string;
  readonly entries: readonly Entry[];
  readonly onSayHi: () => void;
}

/** What was said, oldest first; follows its end while the person stands there, else says that there is more below. */
export function EntryList({ viewer, conversationId, entries, onSayHi }: Props) {
  const mine = unsent.value.filter(
    (one) => one.conversationId === conversationId && one.message.from === viewer.userId,
  );
  const { viewport, content, below, toEnd } = useStickyScroll(
    entries.at(-1)?.pos ?? -1,
    soughtIn(entries)?.pos,
    searches.value,
  );
  return (
    <div class="entries-frame">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section class="entries" ref={viewport} tabIndex={0} aria-label={words.value.chat.messages} data-testid="entries">
        <ol ref={content}>
          {entries.map((entry, index) => {
            const before = entries[index - 1];
            return (
              <EntryItem
                key={entry.pos}
                entry={entry}
                viewer={viewer}
                day={!before || anotherDay(before.at, entry.at) ? dayLabel(entry.at, demoNow()) : ''}
                continued={before?.from === entry.from}
              />
            );
          })}
          {mine.map((one) => (
            <UnsentItem key={`unsent-${one.id}`} unsent={one} />
          ))}
        </ol>
        {!isLoaded(conversationId) && (
          <p class="loading" role="status">
            <span class="spinner" aria-hidden="true" /> {words.value.chat.loading}
          </p>
        )}
        {isLoaded(conversationId) && entries.length === 0 && mine.length === 0 && viewer.joined && (
          <SayHi onSayHi={onSayHi} />
        )}
      </section>
      {below && (
        <button type="button" class="more-below" onClick={toEnd}>
          {words.value.chat.more}
        </button>
      )}
    </div>
  );
}
