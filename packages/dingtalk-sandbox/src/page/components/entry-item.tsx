import type { Entry, Person } from '../../protocol/page-protocol.ts';
import { conversation, nameOf } from '../state/chats.ts';
import { languageOf } from '../state/language.ts';
import { timeOfDay } from '../state/message-time.ts';
import { words } from '../state/words.ts';
import { Avatar } from './avatar.tsx';
import { Card } from './card.tsx';
import { Invitation } from './invitation.tsx';
import { Pictures } from './pictures.tsx';

interface Props {
  readonly entry: Entry;
  readonly viewer: Person;
  /** The day, where a new one begins; empty elsewhere. */
  readonly day: string;
  /** The entry before is of the same sender. */
  readonly continued: boolean;
}

/** One thing that was said, by anyone, with its day, sender and time. */
export function EntryItem({ entry, viewer, day, continued }: Props) {
  const mine = entry.from === viewer.userId;
  const first = !continued || day !== '';
  const classes = ['entry', mine ? 'entry-mine' : 'entry-theirs', first ? 'entry-first' : ''].join(' ').trim();
  return (
    <li
      class={classes}
      data-testid="entry"
      data-pos={entry.pos}
      data-from={entry.from}
      data-kind={entry.kind}
      data-out-track-id={entry.outTrackId}
    >
      {day && <p class="day">{day}</p>}
      {first && (
        <p class="sender">
          {!mine && <Avatar name={nameOf(entry.from)} id={entry.from} />}
          <span class={mine || (!conversation.value?.group && entry.from !== 'bot') ? 'hidden' : 'sender-name'}>
            {mine ? words.value.chat.you : nameOf(entry.from)}
          </span>
          <time dateTime={new Date(entry.at).toISOString()}>{timeOfDay(entry.at)}</time>
        </p>
      )}
      <EntryBody entry={entry} viewer={viewer} />
    </li>
  );
}

function EntryBody({ entry, viewer }: { readonly entry: Entry; readonly viewer: Person }) {
  switch (entry.kind) {
    case 'card':
      return <Card entry={entry} viewer={viewer} />;
    case 'invitation':
      return <Invitation viewer={viewer} text={entry.text ?? ''} />;
    default:
      return (
        <>
          {entry.files && entry.files.length > 0 && <Pictures files={entry.files} />}
          {entry.text && (
            <p class="bubble" lang={languageOf(entry.text)}>
              {conversation.value?.group && entry.from !== 'bot' && <span class="mention">@{nameOf('bot')} </span>}
              {entry.text}
            </p>
          )}
        </>
      );
  }
}
