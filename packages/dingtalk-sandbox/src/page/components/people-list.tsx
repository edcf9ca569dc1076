import type { LatestEntry, Person } from '../../protocol/page-protocol.ts';
import { latestOf, people, peopleKnown } from '../state/chats.ts';
import { place, placeHash } from '../state/place.ts';
import { hasNews } from '../state/seen.ts';
import { words } from '../state/words.ts';
import { Avatar } from './avatar.tsx';

/** Chooses who you are; each leads to that person's chat with the bot, and shows what came there unseen. */
export function PeopleList() {
  return (
    <section class="people" aria-labelledby="people-head">
      <h2 id="people-head">{words.value.people.head}</h2>
      {!peopleKnown.value && <p class="side-note">{words.value.people.connecting}</p>}
      <ul>
        {people.value.map((person) => (
          <li key={person.userId}>
            <PersonLink person={person} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function noteOf({ preparing, about, standing, joined }: Person, news: LatestEntry | undefined): string {
  if (preparing) return words.value.page.preparing;
  if (news !== undefined) return news.text;
  const { people } = words.value;
  if (standing === undefined) return joined ? about : people.outside;
  const is = people.standing[standing.is];
  return standing.of === undefined ? is : people.of(is, standing.of);
}

function PersonLink({ person }: { readonly person: Person }) {
  const chosen = place.value.viewer === person.userId;
  const latest = latestOf(person.userId);
  const open = chosen && place.value.conversation === person.userId;
  const news = latest && !open && !person.preparing && hasNews(latest) ? latest : undefined;
  return (
    <a
      class="row"
      href={placeHash(person.userId, person.userId)}
      aria-current={chosen ? 'true' : undefined}
      data-testid={`person-${person.userId}`}
      data-user-id={person.userId}
    >
      <Avatar name={person.name} id={person.userId} />
      <span class="row-text">
        <span class="row-title">{person.name}</span>
        <span class={news ? 'row-note row-news' : 'row-note'}>{noteOf(person, news)}</span>
      </span>
      {news && (
        <span class="news-dot">
          <span class="hidden">{words.value.people.new}</span>
        </span>
      )}
    </a>
  );
}
