import { useEffect, useRef, useState } from 'preact/hooks';
import { entrySummary } from '../../protocol/entry-summary.ts';
import type { Entry, Person } from '../../protocol/page-protocol.ts';
import { nameOf } from '../state/chats.ts';
import { lastSeq } from '../state/entry-list.ts';

interface Props {
  readonly viewer: Person;
  readonly entries: readonly Entry[];
}

/** Tells a screen reader in one line what came or changed; the whole card is there to be read when wanted. */
export function Announcer({ viewer, entries }: Props) {
  const known = useRef<number | undefined>(undefined);
  const [line, setLine] = useState('');
  const newest = lastSeq(entries);
  useEffect(() => {
    const before = known.current;
    known.current = newest;
    if (before === undefined || before === 0) return;
    const fresh = entries.filter((entry) => entry.seq > before && entry.from !== viewer.userId).at(-1);
    if (fresh) setLine(`${nameOf(fresh.from)}: ${entrySummary(fresh)}`);
  }, [newest, entries, viewer.userId]);
  return (
    <p class="hidden" aria-live="polite" data-testid="announcer">
      {line}
    </p>
  );
}
