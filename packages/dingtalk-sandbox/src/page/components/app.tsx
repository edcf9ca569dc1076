import type { Person } from '../../protocol/page-protocol.ts';
import { people, peopleKnown, viewer } from '../state/chats.ts';
import { inspecting } from '../state/inspector.ts';
import { connection } from '../state/live.ts';
import { place } from '../state/place.ts';
import { words } from '../state/words.ts';
import { Avatar } from './avatar.tsx';
import { Chat } from './chat.tsx';
import { ConversationList } from './conversation-list.tsx';
import { DemoBar } from './demo-bar.tsx';
import { Inspector } from './inspector.tsx';
import { PeopleList } from './people-list.tsx';
import { Questions } from './questions.tsx';
import { SideFoot } from './side-foot.tsx';
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
          {words.value.page.reconnecting}
        </p>
      )}
      <DemoBar />
      <div class="desk">
        <nav class="side" aria-label={words.value.page.side}>
          <header class="side-head">
            <Avatar name="" id="bot" />
            <div>
              <p class="side-title">{words.value.page.name}</p>
              <p class="side-about">{words.value.page.about}</p>
            </div>
          </header>
          {who && <ConversationList viewer={who} />}
          <PeopleList />
          <SideFoot />
        </nav>
        <main class="phone">
          {who?.preparing ? (
            <Preparing />
          ) : who && conversation ? (
            <Chat key={`${who.userId}/${conversation}`} viewer={who} conversationId={conversation} />
          ) : (
            <Welcome viewer={who} />
          )}
        </main>
      </div>
      {inspecting.value && <Inspector />}
      <Questions />
      <Toasts />
    </div>
  );
}

function Preparing() {
  const { preparing, beingLived } = words.value.page;
  return (
    <div class="welcome" role="status" data-testid="preparing">
      <h1>{preparing}</h1>
      <p>{beingLived}</p>
    </div>
  );
}

function Welcome({ viewer }: { readonly viewer: Person | undefined }) {
  const { page } = words.value;
  if (viewer) {
    return (
      <div class="welcome">
        <h1>{page.youAre(viewer.name)}</h1>
        <p>{page.chooseAChat}</p>
      </div>
    );
  }
  if (people.value.length > 0 && people.value.every(({ preparing }) => preparing)) return <Preparing />;
  const waiting = !peopleKnown.value;
  return (
    <div class="welcome">
      <h1>{waiting ? page.oneMoment : page.whoAreYou}</h1>
      <p>{waiting ? page.looking : page.chooseAPerson}</p>
    </div>
  );
}
