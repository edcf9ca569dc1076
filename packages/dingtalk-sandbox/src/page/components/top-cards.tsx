import { useState } from 'preact/hooks';
import type { Entry, Person } from '../../protocol/page-protocol.ts';
import { words } from '../state/words.ts';
import { Card } from './card.tsx';
import { CloseIcon } from './icons.tsx';

interface Props {
  readonly entries: readonly Entry[];
  readonly viewer: Person;
}

/** Cards at the top of a chat, over what is said, each until its time is over or the person closes it. */
export function TopCards({ entries, viewer }: Props) {
  const [closed, setClosed] = useState<ReadonlySet<number>>(new Set());
  const open = entries.filter(({ pos }) => !closed.has(pos));
  if (open.length === 0) return null;
  return (
    <section class="top-cards" aria-label={words.value.chat.pinned}>
      {open.map((entry) => (
        <div class="top-card" key={entry.pos} data-testid="top-card" data-out-track-id={entry.outTrackId}>
          <Card entry={entry} viewer={viewer} />
          <button
            type="button"
            class="icon-button top-card-close"
            aria-label={words.value.page.close}
            onClick={() => setClosed(new Set(closed).add(entry.pos))}
          >
            <CloseIcon />
          </button>
        </div>
      ))}
    </section>
  );
}
