import type { Multipart } from '../http/body.ts';
import type { Courier } from '../push/courier.ts';
import type { World } from '../world/world.ts';

/** One call of an app, authenticated and read. */
export interface ApiCall {
  readonly clientId: string;
  readonly query: URLSearchParams;
  /** What stands in the places of its path, by their names. */
  readonly params: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly multipart?: Multipart | undefined;
}

export interface ApiAnswer {
  readonly body: unknown;
  /** Whose traffic it is, for the statistics; unknown for some. */
  readonly forUsers: readonly string[];
  /** Once the call is committed: sends what it recorded. */
  readonly after?: (() => void) | undefined;
}

/** One API of the platform: where it is, how it is called, what it costs. */
export interface Api {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  /** `old`: oapi.dingtalk.com, token in the query, errors as HTTP 200. `none`: needs no token. */
  readonly token: 'new' | 'old' | 'none';
  /** Whether it counts against the month (dingtalk 3.4, 5). */
  readonly billed: boolean;
  run(world: World, call: ApiCall, courier: Courier): ApiAnswer;
}
