import { MovableClock } from '@field/kit/clock';
import { Apps } from '../store/apps.ts';
import { CardCallbacks } from '../store/card-callbacks.ts';
import { Cards } from '../store/cards.ts';
import { Chat } from '../store/chat.ts';
import { Counters } from '../store/counters.ts';
import { type Database, openDatabase } from '../store/database.ts';
import { DynamicData } from '../store/dynamic-data.ts';
import { Files } from '../store/files.ts';
import { People } from '../store/people.ts';
import { Pushes } from '../store/pushes.ts';
import { QuickEntries } from '../store/quick-entries.ts';
import { SentMessages } from '../store/sent-messages.ts';
import { Settings } from '../store/settings.ts';
import { Templates } from '../store/templates.ts';
import { Todos } from '../store/todos.ts';
import { Activity } from './activity.ts';
import { AuthCodes } from './auth-codes.ts';
import { Changes } from './changes.ts';
import { CookieJars } from './cookie-jars.ts';
import { Faults } from './faults.ts';
import type { Seed } from './seed.ts';
import { Traffic } from './traffic.ts';
import { Warnings } from './warnings.ts';

/** What the sandbox says about itself; pino's shape. */
export interface SandboxLog {
  info(fields: Record<string, unknown>, event: string): void;
  warn(fields: Record<string, unknown>, event: string): void;
  error(fields: Record<string, unknown>, event: string): void;
}

/** Everything that is there: the stored state, the clock, and who wants to know about changes. */
export interface World {
  readonly db: Database;
  readonly clock: MovableClock;
  readonly log: SandboxLog;
  readonly settings: Settings;
  readonly apps: Apps;
  readonly people: People;
  readonly templates: Templates;
  readonly chat: Chat;
  readonly cards: Cards;
  readonly dynamicData: DynamicData;
  readonly cardCallbacks: CardCallbacks;
  readonly sent: SentMessages;
  readonly files: Files;
  readonly pushes: Pushes;
  readonly todos: Todos;
  readonly quickEntries: QuickEntries;
  readonly authCodes: AuthCodes;
  /** What people's clients keep of the pages that the app opens in them. */
  readonly cookieJars: CookieJars;
  readonly counters: Counters;
  readonly changes: Changes;
  readonly activity: Activity;
  readonly faults: Faults;
  readonly warnings: Warnings;
  /** What went to and fro last, for developers. */
  readonly traffic: Traffic;
  /** What a first start and a reset fill it with. */
  readonly seed: Seed;
  /** Where this server is reached, `http://127.0.0.1:3000`; known once it listens. */
  readonly address: { url: string };
}

/** Opens the state in `dataDir`. A clock of its own continues with the offset it had; a given one is taken as it is. */
export function openWorld(options: {
  dataDir: string;
  seed: Seed;
  clock?: MovableClock | undefined;
  log: SandboxLog;
}): World {
  const db = openDatabase(options.dataDir);
  const settings = new Settings(db);
  const clock = options.clock ?? new MovableClock(settings.number('clockOffsetMs') ?? 0);
  const changes = new Changes();
  return {
    db,
    clock,
    log: options.log,
    settings,
    apps: new Apps(db, clock),
    people: new People(db),
    templates: new Templates(db),
    chat: new Chat(db, settings, (id) => changes.conversation(id)),
    cards: new Cards(db),
    dynamicData: new DynamicData(db),
    cardCallbacks: new CardCallbacks(db),
    sent: new SentMessages(db),
    files: new Files(db, clock),
    pushes: new Pushes(db, settings),
    todos: new Todos(db),
    quickEntries: new QuickEntries(settings),
    authCodes: new AuthCodes(clock),
    cookieJars: new CookieJars(),
    counters: new Counters(db),
    changes,
    activity: new Activity(),
    faults: new Faults(),
    warnings: new Warnings((about, warning) => options.log.warn(about, warning)),
    traffic: new Traffic(() => clock.now()),
    seed: options.seed,
    address: { url: '' },
  };
}
