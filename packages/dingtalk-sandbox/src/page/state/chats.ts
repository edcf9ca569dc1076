import { computed, signal } from '@preact/signals';
import type {
  ConversationSummary,
  Entry,
  LatestEntry,
  LiveFrame,
  Person,
  WatchFrame,
} from '../../protocol/page-protocol.ts';
import { setDemoTime } from './demo-clock.ts';
import { lastSeq, mergeEntries } from './entry-list.ts';
import { keepFor } from './kept.ts';
import { openAs, place } from './place.ts';
import { quickEntries } from './quick-entries.ts';
import { openTodos } from './todos.ts';
import { words } from './words.ts';

export const people = signal<readonly Person[]>([]);
/** False until the sandbox has said who exists. */
export const peopleKnown = signal(false);
/** Who the story is about; undefined where none is told. */
export const hero = signal<string | undefined>(undefined);

/** Whether there is a way to the next day, and a story to begin again: in the demo. */
export const hasNextDay = signal(false);
export const hasStory = signal(false);
/** The names of what was tried of the story and is done. */
export const done = signal<readonly string[]>([]);
const allConversations = signal<readonly ConversationSummary[]>([]);
const chats = signal<ReadonlyMap<string, readonly Entry[]>>(new Map());
/** What stands last in each person's chat with the bot, by userId. */
const latest = signal<ReadonlyMap<string, LatestEntry>>(new Map());
/** Whose entries `chats` holds. */
let watched = '';

export const viewer = computed(() => people.value.find((person) => person.userId === place.value.viewer));

/** The chats of whoever is looking: the one with the bot first. */
export const conversations = computed(() => {
  const { viewer: userId } = place.value;
  const mine = allConversations.value.filter((one) => (one.group ? one.members.includes(userId) : one.id === userId));
  return mine.sort((a, b) => Number(a.group) - Number(b.group));
});

export const conversation = computed(() => conversations.value.find((one) => one.id === place.value.conversation));

/** What stands in a chat, in order. */
export function entriesOf(conversationId: string): readonly Entry[] {
  return chats.value.get(conversationId) ?? [];
}

/** Whether what stands in a chat has arrived. */
export function isLoaded(conversationId: string): boolean {
  return chats.value.has(conversationId);
}

/** What stands last in a person's chat with the bot; undefined while nothing was said. */
export function latestOf(userId: string): LatestEntry | undefined {
  return latest.value.get(userId);
}

/** How a person is called here; `bot` is the bot. */
export function nameOf(from: string): string {
  if (from === 'bot') return words.value.page.bot;
  return people.value.find((person) => person.userId === from)?.name ?? from;
}

/** How a chat is headed: a group by its title, the other by the bot's name. */
export function titleOf({ title, group }: ConversationSummary): string {
  return group ? title : nameOf('bot');
}

/** What the page asks to be told, from where it stands; forgets what another person saw. */
export function watchFrame(): WatchFrame {
  const { viewer: userId } = place.value;
  if (userId !== watched) {
    watched = userId;
    chats.value = new Map();
    openTodos.value = [];
  }
  const after = Object.fromEntries([...chats.value].map(([id, entries]) => [id, lastSeq(entries)]));
  return { type: 'watch', viewer: userId, after };
}

/** Takes in one frame; answers true when the page must watch anew. */
export function receive(frame: LiveFrame): boolean {
  switch (frame.type) {
    case 'people':
      people.value = frame.people;
      allConversations.value = frame.conversations;
      peopleKnown.value = true;
      hero.value = frame.openAs;
      hasNextDay.value = frame.hasNextDay ?? false;
      hasStory.value = frame.hasStory ?? false;
      done.value = frame.done ?? [];
      keepFor(frame.epoch);
      if (frame.openAs !== undefined) openAs(frame.openAs);
      return false;
    case 'entries': {
      if (frame.viewer !== watched) return false;
      const merged = mergeEntries(entriesOf(frame.conversationId), frame.entries);
      chats.value = new Map(chats.value).set(frame.conversationId, merged);
      return false;
    }
    case 'latest':
      latest.value = new Map([...latest.value, ...frame.chats.map((chat) => [chat.userId, chat] as const)]);
      return false;
    case 'quickEntries':
      quickEntries.value = frame.entries;
      return false;
    case 'todos':
      if (frame.viewer === watched) openTodos.value = frame.todos;
      return false;
    case 'clock':
      setDemoTime(frame.now);
      return false;
    case 'reset':
      chats.value = new Map();
      latest.value = new Map();
      return true;
  }
}
