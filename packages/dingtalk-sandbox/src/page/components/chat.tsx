import { useRef, useState } from 'preact/hooks';
import type { Person } from '../../protocol/page-protocol.ts';
import { conversation, conversations, entriesOf, titleOf } from '../state/chats.ts';
import { demoNow } from '../state/demo-clock.ts';
import { send } from '../state/outgoing.ts';
import { placeHash } from '../state/place.ts';
import { openPage } from '../state/quick-entries.ts';
import { words } from '../state/words.ts';
import { Announcer } from './announcer.tsx';
import { Avatar } from './avatar.tsx';
import { Composer } from './composer.tsx';
import { EntryList } from './entry-list.tsx';
import { BackIcon } from './icons.tsx';
import { TodoList } from './todo-list.tsx';
import { TopCards } from './top-cards.tsx';
import { WebView } from './web-view.tsx';

interface Props {
  readonly viewer: Person;
  readonly conversationId: string;
}

/** One open chat: its head, what was said, and where to write. Files may be dropped anywhere on it. */
export function Chat({ viewer, conversationId }: Props) {
  const [dropping, setDropping] = useState(false);
  const depth = useRef(0);
  const { chat, page } = words.value;
  const summary = conversation.value;
  const group = summary?.group ?? false;
  const entries = entriesOf(conversationId);
  const said = entries.filter(({ topUntil }) => topUntil === undefined);
  const say = (text: string, files: readonly File[] = []): void =>
    send(conversationId, {
      from: viewer.userId,
      to: group ? conversationId : undefined,
      text: text || undefined,
      files,
    });
  const enter = (by: number): void => {
    depth.current = Math.max(0, depth.current + by);
    setDropping(depth.current > 0);
  };
  return (
    <section
      class="chat"
      aria-label={chat.as(viewer.name)}
      onDragEnter={() => enter(1)}
      onDragLeave={() => enter(-1)}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        enter(-depth.current);
        const files = [...(event.dataTransfer?.files ?? [])];
        if (files.length > 0 && viewer.joined) say('', files);
      }}
    >
      <header class="chat-head">
        <a class="icon-button narrow-only" href={placeHash(viewer.userId)} aria-label={chat.all}>
          <BackIcon />
        </a>
        <div class="chat-head-text">
          <h1>{summary ? titleOf(summary) : conversations.value.length > 0 ? chat.none : page.oneMoment}</h1>
          <p>{page.youAre(viewer.name)}</p>
        </div>
        <a class="icon-button narrow-only chat-head-people" href={placeHash('')}>
          <Avatar name={viewer.name} id={viewer.userId} />
          <span class="hidden">{chat.another}</span>
        </a>
      </header>
      {!group && <TodoList viewer={viewer} />}
      <TopCards viewer={viewer} entries={entries.filter(({ topUntil = 0 }) => topUntil > demoNow())} />
      <EntryList viewer={viewer} conversationId={conversationId} entries={said} onSayHi={() => say('hi')} />
      <Announcer viewer={viewer} entries={entries} />
      {viewer.joined ? (
        <Composer viewer={viewer} group={group} onSend={say} />
      ) : (
        <p class="outside-note">{chat.outside(viewer.name)}</p>
      )}
      {openPage.value && <WebView viewer={viewer} page={openPage.value} />}
      {dropping && (
        <div class="drop-here" aria-hidden="true">
          {chat.drop}
        </div>
      )}
    </section>
  );
}
