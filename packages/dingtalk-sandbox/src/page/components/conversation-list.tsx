import { useSignalEffect } from '@preact/signals';
import { entrySummary } from '../../protocol/entry-summary.ts';
import type { ConversationSummary, Person } from '../../protocol/page-protocol.ts';
import { conversations, entriesOf, nameOf, titleOf } from '../state/chats.ts';
import { timeOfDay } from '../state/message-time.ts';
import { place, placeHash } from '../state/place.ts';
import { markSeen, unseen } from '../state/seen.ts';
import { words } from '../state/words.ts';
import { Avatar } from './avatar.tsx';
import { BackIcon } from './icons.tsx';

/** A person's chats: the bot and the groups, with what was said last. */
export function ConversationList({ viewer }: { readonly viewer: Person }) {
  useSignalEffect(() => {
    const { viewer: userId, conversation } = place.value;
    markSeen(userId, conversation, entriesOf(conversation));
  });
  const { chat } = words.value;
  return (
    <section class="conversations" aria-labelledby="conversations-head">
      <a class="back-link narrow-only" href={placeHash('')}>
        <BackIcon />
        {chat.another}
      </a>
      <h2 id="conversations-head">{chat.head}</h2>
      <ul>
        {conversations.value.map((one) => (
          <li key={one.id}>
            <ConversationLink viewer={viewer} conversation={one} />
          </li>
        ))}
      </ul>
    </section>
  );
}

interface LinkProps {
  readonly viewer: Person;
  readonly conversation: ConversationSummary;
}

function ConversationLink({ viewer, conversation: summary }: LinkProps) {
  const { id, group } = summary;
  const title = titleOf(summary);
  const entries = entriesOf(id);
  const last = entries.at(-1);
  const count = unseen(viewer.userId, id, entries);
  const chosen = place.value.conversation === id;
  const sender = last && group && last.from !== viewer.userId ? `${nameOf(last.from)}: ` : '';
  return (
    <a
      class="row"
      href={placeHash(viewer.userId, id)}
      aria-current={chosen ? 'page' : undefined}
      data-testid={`conversation-${id}`}
    >
      <Avatar name={title} id={group ? id : 'bot'} />
      <span class="row-text">
        <span class="row-title">{title}</span>
        <span class="row-note">{last ? sender + entrySummary(last) : words.value.chat.nothing}</span>
      </span>
      <span class="row-end">
        {last && <time class="row-time">{timeOfDay(last.at)}</time>}
        {count > 0 && !chosen && (
          <span class="badge">
            {count}
            <span class="hidden"> {words.value.people.new}</span>
          </span>
        )}
      </span>
    </a>
  );
}
