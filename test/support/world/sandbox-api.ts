import type { Entry } from '@field/dingtalk-sandbox/page-protocol';

export interface TapAnswer {
  readonly applied: boolean;
  readonly reason?: string;
  readonly latencyMs: number;
  readonly response: unknown;
  readonly repeats?: readonly TapAnswer[];
}

export interface Stats {
  readonly pushes: Readonly<Record<'messages' | 'taps' | 'events' | 'redelivered', number>>;
  readonly apiCalls: {
    readonly billed: number;
    readonly free: number;
    readonly byPath: Readonly<Record<string, number>>;
  };
  readonly throttled: number;
  readonly connections: number;
}

export interface NewTap {
  readonly userId: string;
  readonly actionId: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly repeat?: number | undefined;
  readonly atOnce?: boolean | undefined;
}

/** What the reviewer shall decide of one submission. */
export interface ReviewDecision {
  readonly submissionKey: string;
  readonly decision: 'APPROVED' | 'REJECTED' | 'PENDING' | 'INVALIDATED';
  readonly reasonCodes: readonly string[];
  readonly reasonText?: string;
  readonly remedy?: 'MODIFY' | 'APPEAL' | 'NONE';
}

/** What was refused, and why: an answer of the control API that is not 2xx. */
export class SandboxRefusal extends Error {
  readonly status: number;
  readonly error: string;

  constructor(status: number, error: string, message: string) {
    super(`${status} ${error}: ${message}`);
    this.name = 'SandboxRefusal';
    this.status = status;
    this.error = error;
  }
}

/** The sandbox's control API, typed. */
export class SandboxApi {
  readonly url: string;
  #acts = 0;

  constructor(url: string) {
    this.url = url;
  }

  addUser(user: {
    userId?: string;
    name: string;
    mobile: string;
    joined?: boolean;
  }): Promise<{ userId: string; unionId: string }> {
    return this.post('/users', user);
  }

  addGroup(group: {
    conversationId?: string;
    title: string;
    members: readonly string[];
  }): Promise<{ conversationId: string }> {
    return this.post('/groups', group);
  }

  say(from: string, text: string, to?: string): Promise<{ msgId: string }> {
    return this.post('/messages', { from, text, to });
  }

  /** One message with these pictures, with a text and to a group where that is said. */
  sendPictures(
    from: string,
    pictures: readonly Uint8Array[],
    fields: { text?: string | undefined; to?: string | undefined } = {},
  ): Promise<{ msgId: string; withoutContent?: true }> {
    return this.#upload({ from, ...fields }, 'picture', pictures);
  }

  sendFile(from: string, file: Uint8Array, fileName: string): Promise<{ msgId: string }> {
    return this.#upload({ from }, 'file', [file], fileName);
  }

  repeat(msgId: string): Promise<{ msgId: string }> {
    return this.post('/messages', { repeatOf: msgId });
  }

  tap(outTrackId: string, tap: NewTap): Promise<TapAnswer> {
    return this.post(`/cards/${encodeURIComponent(outTrackId)}/actions`, tap);
  }

  conversation(id: string, viewer: string, after = 0, waitMs = 0): Promise<Entry[]> {
    return this.get(
      `/conversations/${encodeURIComponent(id)}?viewer=${encodeURIComponent(viewer)}&after=${after}&wait=${waitMs}`,
    );
  }

  /** A card as this viewer sees it now. */
  card(outTrackId: string, viewer: string): Promise<Pick<Entry, 'view'>> {
    return this.get(`/cards/${encodeURIComponent(outTrackId)}?viewer=${encodeURIComponent(viewer)}`);
  }

  stats(userId?: string): Promise<Stats> {
    return this.get(`/stats${userId === undefined ? '' : `?userId=${encodeURIComponent(userId)}`}`);
  }

  async idle(timeoutMs?: number): Promise<void> {
    await this.post('/idle', { timeoutMs });
  }

  advance(advanceMs: number): Promise<{ now: number }> {
    return this.post('/clock', { advanceMs });
  }

  /** Tomorrow morning: hand-over, reviewer and landing have happened. Without decisions the reviewer's own rule decides. */
  nextDay(decisions?: readonly ReviewDecision[]): Promise<{ dataDate: string; files: readonly string[] }> {
    return this.post('/next-day', decisions === undefined ? {} : { decisions });
  }

  get<T>(path: string): Promise<T> {
    return this.#call<T>(path, {});
  }

  /** How often something was done by it, whatever came of it: messages, taps, the clock, knobs. */
  get acts(): number {
    return this.#acts;
  }

  post<T>(path: string, body: unknown): Promise<T> {
    return this.#call<T>(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  }

  delete<T>(path: string): Promise<T> {
    return this.#call<T>(path, { method: 'DELETE' });
  }

  #upload(
    fields: Readonly<Record<string, string | undefined>>,
    part: string,
    files: readonly Uint8Array[],
    fileName?: string,
  ): Promise<{ msgId: string; withoutContent?: true }> {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) if (value !== undefined) form.set(name, value);
    for (const [index, bytes] of files.entries()) {
      form.append(part, new Blob([new Uint8Array(bytes)]), fileName ?? `photo-${index + 1}.jpg`);
    }
    return this.#call('/messages', { method: 'POST', body: form });
  }

  async #call<T>(path: string, init: RequestInit): Promise<T> {
    if (init.method !== undefined) this.#acts += 1;
    const answer = await fetch(`${this.url}/sandbox/api${path}`, init);
    const body = (await answer.json()) as T & { error?: string; message?: string };
    if (!answer.ok) throw new SandboxRefusal(answer.status, body.error ?? '', body.message ?? '');
    return body;
  }
}
