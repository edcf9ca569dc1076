import type { Settings } from './settings.ts';

/** One entry at the bottom of the chat with a robot, as `robot/plugins/set` takes it. */
export interface QuickEntry {
  /** A text, or JSON of texts by the client's language: `{"en_US":"Tasks","th_TH":"งาน"}`. */
  readonly name: string;
  /** A `mediaId`. */
  readonly icon: string;
  readonly pcUrl?: string | undefined;
  readonly mobileUrl?: string | undefined;
}

/** The quick entries of each app's robot. They are set up once, as the app itself is, so a reset leaves them. */
export class QuickEntries {
  readonly #settings: Settings;

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  of(clientId: string): readonly QuickEntry[] {
    return JSON.parse(this.#settings.text(nameFor(clientId)) ?? '[]') as QuickEntry[];
  }

  set(clientId: string, entries: readonly QuickEntry[]): void {
    this.#settings.setText(nameFor(clientId), JSON.stringify(entries));
  }
}

function nameFor(clientId: string): string {
  return `quickEntries:${clientId}`;
}
