import type { Exchange } from '../../protocol/exchange.ts';
import type { JsapiAnswer, JsapiCall } from '../../protocol/web-view.ts';
import type { CardData } from '../../template/card-data.ts';
import type { CardTemplate } from '../../template/template.ts';
import type { SampleSetting } from './next-sample.ts';
import { words } from './words.ts';

/** What the sandbox answers to a tap (architecture 9). */
export interface TapAnswer {
  readonly applied: boolean;
  readonly reason?: 'late' | 'noConnection' | 'notSubscribed' | 'malformed' | 'failed' | undefined;
  /** What the bot answered. */
  readonly response?: unknown;
}

export interface Tap {
  readonly userId: string;
  readonly actionId: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** The sandbox said no, or was not reached; `message` is for the person to read. */
export class RefusedError extends Error {}

/** Taps a control of a card; answers when the bot has acked or its time is over. */
export async function postTap(outTrackId: string, tap: Tap): Promise<TapAnswer> {
  const answer = await call(`cards/${encodeURIComponent(outTrackId)}/actions`, {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(tap),
  });
  return (await answer.json()) as TapAnswer;
}

/** What a viewer's card holds now. */
export async function getCardData(outTrackId: string, viewer: string): Promise<CardData> {
  const query = new URLSearchParams({ viewer });
  const answer = await call(`cards/${encodeURIComponent(outTrackId)}?${query}`, { method: 'GET' });
  return ((await answer.json()) as { readonly data: CardData }).data;
}

/** Says that a person's client draws a card: it asks the card's sources for data. */
export async function postRender(outTrackId: string, userId: string): Promise<void> {
  await call(`cards/${encodeURIComponent(outTrackId)}/renders`, {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ userId }),
  });
}

/** The template that a card is drawn by. */
export async function getTemplate(outTrackId: string): Promise<CardTemplate> {
  const answer = await call(`cards/${encodeURIComponent(outTrackId)}/template`, { method: 'GET' });
  return (await answer.json()) as CardTemplate;
}

export interface OutgoingMessage {
  readonly from: string;
  /** The group it goes to; absent for the chat with the bot. */
  readonly to?: string | undefined;
  readonly text?: string | undefined;
  readonly files: readonly File[];
}

/** Sends a message: a text, or pictures and files in one multipart request. */
export async function postMessage({ from, to, text, files }: OutgoingMessage): Promise<void> {
  if (files.length === 0) {
    await call('messages', {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ from, to, text }),
    });
    return;
  }
  const parts = new FormData();
  parts.append('from', from);
  if (to) parts.append('to', to);
  if (text) parts.append('text', text);
  for (const file of files) parts.append(isPicture(file) ? 'picture' : 'file', file, file.name);
  await call('messages', { body: parts });
}

/** Whether a file is sent as a picture; its content is the bot's to judge. */
export function isPicture(file: File): boolean {
  return file.type.startsWith('image/');
}

/** Accepts the organisation's invitation. */
export async function postJoin(userId: string): Promise<void> {
  await call(`users/${encodeURIComponent(userId)}/join`, {});
}

/** What the client gives to a page that asks who is looking. */
export async function postAuthCode(userId: string, corpId: string): Promise<{ readonly code: string }> {
  const answer = await call(`users/${encodeURIComponent(userId)}/auth-codes`, {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ corpId }),
  });
  return (await answer.json()) as { readonly code: string };
}

type ClientCallAnswer = JsapiAnswer['answer'] | { readonly code: string } | { readonly place: 'ofMachine' };

/**
 * What the client makes of a page's JSAPI call; of a scan, where nothing else is said, the code that lies before the person, and of a place
 * that this machine knows it.
 */
export async function postClientCall(
  userId: string,
  { name, params }: Pick<JsapiCall, 'name' | 'params'>,
  of: { readonly page: string; readonly isAllowed: boolean },
): Promise<ClientCallAnswer> {
  const answer = await call(`users/${encodeURIComponent(userId)}/client-calls`, {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name, params, ...of }),
  });
  return (await answer.json()) as ClientCallAnswer;
}

/** Goes to tomorrow morning; answers the files that the night brought. */
export async function postNextDay(): Promise<{ readonly files: readonly string[] }> {
  return (await (await call('next-day', {})).json()) as { readonly files: readonly string[] };
}

/** What went to and fro between the sandbox and the apps, oldest first. */
export async function getTraffic(): Promise<readonly Exchange[]> {
  return (await (await call('traffic', { method: 'GET' })).json()) as readonly Exchange[];
}

export async function forgetTraffic(): Promise<void> {
  await call('traffic', { method: 'DELETE' });
}

/** Everything is removed, and the story told again; answers when it has begun. */
export async function postStory(): Promise<void> {
  await call('story', {});
}

/** Everything as after a first start. */
export async function postReset(): Promise<void> {
  await call('reset', {});
}

/** Fetches one of the sample pictures as a file to be sent; it shows what belongs to its setting, where that is known. */
export async function fetchSample(fileName: string, setting: SampleSetting): Promise<File> {
  const known = Object.entries(setting).filter((one): one is [string, string] => one[1] !== undefined);
  const query = `?${new URLSearchParams(known)}`;
  const answer = await call(`samples/${encodeURIComponent(fileName)}${query}`, { method: 'GET' });
  // A sample that is no picture is sent as one all the same: that is what it is there for.
  return new File([await answer.blob()], fileName, { type: 'image/jpeg' });
}

async function call(path: string, init: RequestInit): Promise<Response> {
  let answer: Response;
  try {
    answer = await fetch(`/sandbox/api/${path}`, { method: 'POST', ...init });
  } catch {
    throw new RefusedError(words.value.problem.noAnswer);
  }
  if (!answer.ok) throw new RefusedError(await refusal(answer));
  return answer;
}

async function refusal(answer: Response): Promise<string> {
  try {
    const body = (await answer.json()) as { readonly message?: string | undefined };
    return body.message || words.value.problem.answered(answer.status);
  } catch {
    return words.value.problem.answered(answer.status);
  }
}
