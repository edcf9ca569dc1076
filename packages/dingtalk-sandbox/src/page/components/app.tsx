import type { Person } from '../../protocol/page-protocol.ts';
import { peopleKnown, viewer } from '../state/chats.ts';
import { connection } from '../state/live.ts';
import { place } from '../state/place.ts';
import { Avatar } from './avatar.tsx';
import { Chat } from './chat.tsx';
import { ConversationList } from './conversation-list.tsx';
import { DemoBar } from './demo-bar.tsx';
import { PeopleList } from './people-list.tsx';
import { Questions } from './questions.tsx';
import { ResetDemo } from './reset-demo.tsx';
import { Toasts } from './toasts.tsx';

/** The whole page: who you are and your chats at the side, the phone beside them; on a phone one of the three. */
export function App() {
  const who = viewer.value;
  const { conversation } = place.value;
  const screen = who ? (conversation ? 'chat' : 'conversations') : 'people';
  return (
    <div class="page" data-screen={screen}>
      {connection.value === 'lost' && (
        <p class="connection" role="status">
          Reconnecting…
        </p>
      )}
      <DemoBar />
      <div class="desk">
        <nav class="side" aria-label="People and chats">
          <header class="side-head">
            <Avatar name="" id="bot" />
            <div>
              <p class="side-title">Field workspace</p>
              <p class="side-about">A local DingTalk, to try the bot</p>
            </div>
          </header>
          {who && <ConversationList viewer={who} />}
          <PeopleList />
          <ResetDemo />
        </nav>
        <main class="phone">
          {who?.preparing ? (
            <Preparing viewer={who} />
          ) : who && conversation ? (
            <Chat key={`${who.userId}/${conversation}`} viewer={who} conversationId={conversation} />
          ) : (
            <Welcome viewer={who} />
          )}
        </main>
      </div>
      <Questions />
      <Toasts />
    </div>
  );
}

function Preparing({ viewer }: { readonly viewer: Person }) {
  return (
    <div class="welcome" role="status" data-testid="preparing">
      <h1>Preparing…</h1>
      <p>The last two days of {viewer.name} and the others are being lived. A few seconds.</p>
    </div>
  );
}

function Welcome({ viewer }: { readonly viewer: Person | undefined }) {
  if (viewer) {
    return (
      <div class="welcome">
        <h1>You are {viewer.name}</h1>
        <p>Choose a chat.</p>
      </div>
    );
  }
  const waiting = !peopleKnown.value;
  return (
    <div class="welcome">
      <h1>{waiting ? 'One moment…' : 'Who are you today?'}</h1>
      <p>
        {waiting ? 'Looking who works here.' : 'Choose a person, and see the chat as that person sees it in DingTalk.'}
      </p>
    </div>
  );
}
