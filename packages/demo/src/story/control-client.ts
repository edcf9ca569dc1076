import type { Entry } from '@field/dingtalk-sandbox/page-protocol';
import { present } from '@field/kit/present';

/** The sandbox's control API as the story uses it; an answer that is not 2xx throws with its message. */
export class ControlClient {
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  async post(path: string, body: unknown): Promise<unknown> {
    return (await this.#call(path, { method: 'POST', body: JSON.stringify(body), headers: JSON_BODY })).json();
  }

  /** One message with these pictures. */
  async sendPictures(from: string, pictures: readonly Blob[]): Promise<void> {
    const form = new FormData();
    form.set('from', from);
    for (const [index, picture] of pictures.entries()) form.append('picture', picture, `photo-${index + 1}.jpg`);
    await this.#call('/messages', { method: 'POST', body: form });
  }

  /** What a person sees in a chat, in the order it stands there. */
  async entries(conversationId: string, viewer: string): Promise<readonly Entry[]> {
    const answer = await this.#call(`/conversations/${conversationId}?viewer=${viewer}`, {});
    return ((await answer.json()) as Entry[]).sort((one, other) => one.pos - other.pos);
  }

  async sample(name: string, query: Readonly<Record<string, string | undefined>>): Promise<Blob> {
    return (await this.#call(`/samples/${name}.jpg?${new URLSearchParams(present(query))}`, {})).blob();
  }

  async #call(path: string, init: RequestInit): Promise<Response> {
    const answer = await fetch(`${this.#url}/sandbox/api${path}`, init);
    if (!answer.ok) throw new Error(`${init.method ?? 'GET'} ${path}: ${answer.status} ${await answer.text()}`);
    return answer;
  }
}

const JSON_BODY = { 'content-type': 'application/json' };
