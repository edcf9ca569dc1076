import type { CaptureState } from '../protocol.ts';
import type { Kept } from '../send.ts';
import type { WaitingCapture } from '../waiting.ts';

/** A sentence about something of a person's that could not be used. */
export interface Note {
  readonly id: number;
  readonly who: string;
  readonly text: string;
}

/** Something that this phone alone reads, by a key that does not leave it. */
interface Locked {
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly bytes: ArrayBuffer;
}

interface Content {
  readonly hash: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly ticket: Locked;
}

interface LastState {
  readonly who: string;
  /** The phone's clock, milliseconds. */
  readonly at: number;
  readonly state: Locked;
}

/** What is kept on this phone, in the page's own database (IndexedDB): it outlives closed pages and restarts. */
export class PhoneStore implements Kept {
  readonly #db: Promise<IDBDatabase>;

  constructor() {
    this.#db = opened();
    this.#db.catch(() => undefined);
  }

  /** Resolves when the capture is on the disk. Errors: `QuotaExceededError` when the phone is full. */
  async keep(capture: WaitingCapture, bytes: Uint8Array<ArrayBuffer>, ticket: string): Promise<void> {
    const content: Content = { hash: capture.hash, bytes, ticket: await this.#lock(ticket) };
    await this.#write(['captures', 'contents'], (store) => {
      store('captures').put(capture);
      store('contents').put(content);
    });
  }

  async list(): Promise<readonly WaitingCapture[]> {
    return this.#read<WaitingCapture[]>('captures', (store) => store.getAll());
  }

  async open(hash: string): Promise<{ bytes: Uint8Array<ArrayBuffer>; ticket: string } | undefined> {
    const content = await this.#read<Content | undefined>('contents', (store) => store.get(hash));
    if (content === undefined) return undefined;
    return { bytes: content.bytes, ticket: await this.#unlock(content.ticket) };
  }

  /** Only while it is there: what another has finished meanwhile does not come back. */
  async change(capture: WaitingCapture): Promise<void> {
    await this.#write(['captures'], (store) => {
      const there = store('captures').getKey(capture.hash);
      there.onsuccess = () => {
        if (there.result !== undefined) store('captures').put(capture);
      };
    });
  }

  async forget({ hash, who }: WaitingCapture, says?: string): Promise<void> {
    await this.#write(['captures', 'contents', 'notes'], (store) => {
      store('captures').delete(hash);
      store('contents').delete(hash);
      if (says !== undefined && says !== '') store('notes').add({ who, text: says });
    });
  }

  /** What waits of a person's work goes with a new ticket. */
  async renewTickets(who: string, work: string, ticket: string): Promise<void> {
    for (const capture of await this.list()) {
      if (capture.who !== who || capture.work !== work || !capture.needsTicket) continue;
      const content = await this.#read<Content | undefined>('contents', (store) => store.get(capture.hash));
      if (content !== undefined) {
        await this.keep({ ...capture, needsTicket: false, notBefore: 0 }, content.bytes, ticket);
      }
    }
  }

  async notes(who: string): Promise<readonly Note[]> {
    const all = await this.#read<Note[]>('notes', (store) => store.getAll());
    return all.filter((note) => note.who === who);
  }

  async read(note: Note): Promise<void> {
    await this.#write(['notes'], (store) => store('notes').delete(note.id));
  }

  /** How things stood when somebody last looked, and how long ago; only where it can still be read. */
  async lastState(): Promise<{ state: CaptureState; at: number } | undefined> {
    const last = await this.#read<LastState | undefined>('last', (store) => store.get('state'));
    if (last === undefined) return undefined;
    return { state: JSON.parse(await this.#unlock(last.state)) as CaptureState, at: last.at };
  }

  async keepState(state: CaptureState, at: number): Promise<void> {
    const last: LastState = { who: state.who, at, state: await this.#lock(JSON.stringify(state)) };
    await this.#write(['last'], (store) => store('last').put(last, 'state'));
  }

  async forgetState(): Promise<void> {
    await this.#write(['last'], (store) => store('last').delete('state'));
  }

  async #lock(text: string): Promise<Locked> {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const plain = new TextEncoder().encode(text);
    return { iv, bytes: await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, await this.#key(), plain) };
  }

  async #unlock({ iv, bytes }: Locked): Promise<string> {
    const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, await this.#key(), bytes);
    return new TextDecoder().decode(plain);
  }

  /** Of two pages that make one at the same time, the first stays. */
  async #key(): Promise<CryptoKey> {
    const known = await this.#read<CryptoKey | undefined>('keys', (store) => store.get('phone'));
    if (known !== undefined) return known;
    const made = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
    await this.#write(['keys'], (store) => {
      const there = store('keys').getKey('phone');
      there.onsuccess = () => {
        if (there.result === undefined) store('keys').put(made, 'phone');
      };
    });
    return this.#read<CryptoKey>('keys', (store) => store.get('phone'));
  }

  async #read<Result>(name: string, ask: (store: IDBObjectStore) => IDBRequest): Promise<Result> {
    const db = await this.#db;
    return new Promise((resolve, reject) => {
      const request = ask(db.transaction(name).objectStore(name));
      request.onsuccess = () => resolve(request.result as Result);
      request.onerror = () => reject(request.error);
    });
  }

  async #write(names: string[], change: (store: (name: string) => IDBObjectStore) => void): Promise<void> {
    const db = await this.#db;
    await new Promise<void>((resolve, reject) => {
      const transaction = db.transaction(names, 'readwrite', { durability: 'strict' });
      transaction.oncomplete = () => resolve();
      // an error of one of its requests ends in this as well, and why is known only here
      transaction.onabort = () => reject(transaction.error);
      change((name) => transaction.objectStore(name));
    });
  }
}

function opened(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open('scan', 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore('captures', { keyPath: 'hash' });
      request.result.createObjectStore('contents', { keyPath: 'hash' });
      request.result.createObjectStore('notes', { keyPath: 'id', autoIncrement: true });
      request.result.createObjectStore('last');
      request.result.createObjectStore('keys');
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
