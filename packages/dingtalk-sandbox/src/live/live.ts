import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import { openTodosOf } from '../chat/open-todos.ts';
import { quickEntriesOf } from '../chat/quick-entries.ts';
import { entriesFor, latestOf } from '../chat/viewing.ts';
import type { Cast } from '../control/extension.ts';
import { asPerson } from '../control/people.ts';
import type { ConversationSummary, LiveFrame } from '../protocol/page-protocol.ts';
import type { World } from '../world/world.ts';

const watchSchema = z.object({
  type: z.literal('watch'),
  viewer: z.string(),
  after: z.record(z.string(), z.number()),
});

interface Watcher {
  readonly socket: WebSocket;
  viewer: string;
  /** The last `seq` told, by conversation. */
  readonly told: Map<string, number>;
}

const PING_EVERY_MS = 30_000;

/** The chat page's socket, `/sandbox/live` (page-protocol.ts): tells each page what its viewer sees, as it happens. */
export class Live {
  readonly #world: World;
  readonly #cast: () => Cast | undefined;
  readonly #server = new WebSocketServer({ noServer: true, maxPayload: 1_000_000 });
  readonly #watchers = new Set<Watcher>();
  readonly #unwatch: () => void;
  readonly #pinging: NodeJS.Timeout;

  constructor(world: World, cast: () => Cast | undefined) {
    this.#world = world;
    this.#cast = cast;
    this.#unwatch = world.changes.watch((changes) => {
      const conversations = new Set(changes.flatMap((change) => (change.kind === 'conversation' ? [change.id] : [])));
      const kinds = new Set(changes.map((change) => change.kind));
      for (const watcher of this.#watchers) this.#tell(watcher, kinds, conversations);
    });
    this.#pinging = setInterval(() => {
      for (const { socket } of this.#watchers) socket.ping();
    }, PING_EVERY_MS);
    this.#pinging.unref();
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.#server.handleUpgrade(request, socket, head, (ws) => {
      ws.on('message', (raw: Buffer) => this.#watch(ws, raw.toString('utf8')));
      ws.on('error', () => ws.terminate());
      ws.on('close', () => {
        for (const watcher of this.#watchers) if (watcher.socket === ws) this.#watchers.delete(watcher);
      });
    });
  }

  stop(): void {
    clearInterval(this.#pinging);
    this.#unwatch();
    for (const { socket } of this.#watchers) socket.terminate();
  }

  /** A page says whom it watches: a new choice replaces the old one. */
  #watch(socket: WebSocket, text: string): void {
    const frame = watchSchema.safeParse(json(text));
    if (!frame.success) {
      socket.close(1003, 'not a watch frame');
      return;
    }
    for (const watcher of this.#watchers) if (watcher.socket === socket) this.#watchers.delete(watcher);
    const watcher: Watcher = { socket, viewer: frame.data.viewer, told: new Map(Object.entries(frame.data.after)) };
    this.#watchers.add(watcher);
    send(watcher, { type: 'clock', now: this.#world.clock.now() });
    send(watcher, this.#people());
    send(watcher, { type: 'quickEntries', entries: quickEntriesOf(this.#world) });
    this.#tellTodos(watcher);
    this.#tellLatest(watcher, () => true);
    for (const { id } of this.#conversationsOf(watcher.viewer)) this.#tellEntries(watcher, id, true);
  }

  #tell(watcher: Watcher, kinds: ReadonlySet<string>, conversations: ReadonlySet<string>): void {
    if (kinds.has('reset')) {
      watcher.told.clear();
      send(watcher, { type: 'reset' });
    }
    if (kinds.has('people')) send(watcher, this.#people());
    if (kinds.has('quickEntries')) send(watcher, { type: 'quickEntries', entries: quickEntriesOf(this.#world) });
    if (kinds.has('todos')) this.#tellTodos(watcher);
    if (kinds.has('clock') || kinds.has('reset')) send(watcher, { type: 'clock', now: this.#world.clock.now() });
    this.#tellLatest(watcher, (userId) => conversations.has(userId));
    for (const { id } of this.#conversationsOf(watcher.viewer)) {
      if (conversations.has(id)) this.#tellEntries(watcher, id, false);
    }
  }

  #tellEntries(watcher: Watcher, conversationId: string, evenNone: boolean): void {
    const entries = entriesFor(this.#world, conversationId, watcher.viewer, watcher.told.get(conversationId) ?? 0);
    const last = entries.at(-1);
    if (last !== undefined) watcher.told.set(conversationId, last.seq);
    if (last === undefined && !evenNone) return;
    send(watcher, { type: 'entries', viewer: watcher.viewer, conversationId, entries });
  }

  #tellTodos(watcher: Watcher): void {
    const { viewer } = watcher;
    send(watcher, { type: 'todos', viewer, todos: openTodosOf(this.#world, viewer) });
  }

  #tellLatest(watcher: Watcher, of: (userId: string) => boolean): void {
    const people = this.#world.people.all().filter(({ userId }) => of(userId));
    const chats = people.flatMap(({ userId }) => latestOf(this.#world, userId) ?? []);
    if (chats.length > 0) send(watcher, { type: 'latest', chats });
  }

  #people(): LiveFrame {
    const people = this.#world.people.all();
    const direct = people.map((person) => ({
      id: person.userId,
      title: person.name,
      group: false,
      members: [person.userId],
    }));
    const groups = this.#world.people
      .groups()
      .map(({ conversationId, title, members }) => ({ id: conversationId, title, group: true, members }));
    const cast = this.#cast();
    return {
      type: 'people',
      people: people.map((person) => ({
        ...asPerson(person),
        preparing: cast?.isPreparing(person.userId),
        standing: cast?.standingOf(person.userId),
      })),
      conversations: [...direct, ...groups],
      openAs: cast?.openAs,
      hasNextDay: cast?.hasNextDay,
      hasStory: cast?.hasStory,
      done: cast?.done,
      epoch: this.#world.settings.number('epoch') ?? 0,
    };
  }

  #conversationsOf(viewer: string): Pick<ConversationSummary, 'id'>[] {
    const own = this.#world.people.find(viewer) === undefined ? [] : [{ id: viewer }];
    const groups = this.#world.people.groups().filter(({ members }) => members.includes(viewer));
    return [...own, ...groups.map(({ conversationId }) => ({ id: conversationId }))];
  }
}

function send(watcher: Watcher, frame: LiveFrame): void {
  if (watcher.socket.readyState === watcher.socket.OPEN) watcher.socket.send(JSON.stringify(frame));
}

function json(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
