import { createHash, createHmac } from 'node:crypto';
import { type ClientRequest, request } from 'node:http';
import { text } from 'node:stream/consumers';

/** A request to `/feeds/…` as a careful sender makes it, but for what is said otherwise. */
export interface Asked {
  readonly method?: 'PUT' | 'GET';
  /** What comes after `/feeds/`. */
  readonly path: string;
  readonly body?: string | Buffer;
  readonly secret?: Buffer;
  readonly key?: string;
  /** Seconds. */
  readonly time?: number;
  /** What is said of the body. */
  readonly sha256?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answer {
  readonly status: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, unknown>>;
}

export const SECRET = Buffer.alloc(32, 5);
export const sha256Of = (body: string | Buffer): string => createHash('sha256').update(body).digest('hex');

export function signedHeaders(asked: Asked): Record<string, string> {
  const { method = 'PUT', path, body = '', secret = SECRET, key = 'reviewers' } = asked;
  const time = String(asked.time ?? Math.floor(Date.now() / 1_000));
  const sha256 = asked.sha256 ?? sha256Of(body);
  const signature = createHmac('sha256', secret).update([method, path, time, sha256].join('\n')).digest('hex');
  return {
    'x-feed-key': key,
    'x-feed-time': time,
    'x-feed-sha256': sha256,
    'x-feed-signature': signature,
    ...asked.headers,
  };
}

/** The request, its headers sent; the path goes exactly as it stands. */
export function open(port: number, asked: Asked, headers: Record<string, string> = {}): ClientRequest {
  const { method = 'PUT', path } = asked;
  return request({
    host: '127.0.0.1',
    port,
    method,
    path: `/feeds/${path}`,
    headers: { ...signedHeaders(asked), ...headers },
  });
}

export function answerOf(call: ClientRequest): Promise<Answer> {
  return new Promise((resolve, reject) => {
    call.on('error', reject);
    call.on('response', (response) => {
      text(response).then(
        (body) => resolve({ status: response.statusCode ?? 0, body, headers: response.headers }),
        reject,
      );
    });
  });
}

export async function ask(port: number, asked: Asked): Promise<Answer> {
  const body = asked.body ?? '';
  const call = open(port, asked, { 'content-length': String(Buffer.byteLength(body)) });
  const answer = answerOf(call);
  call.end(body);
  return await answer;
}
