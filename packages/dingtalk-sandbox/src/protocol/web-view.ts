/** Where a page of a bot on this machine is shown inside the client: whose client, which origin (base64url), which path. */
export const WEB_VIEW = /^\/sandbox\/web\/([^/]+)\/([\w-]+)(\/.*)$/;

/** That address for a page, or undefined for one that is not on this machine. */
export function webViewAddress(userId: string, page: string): string | undefined {
  const { origin, protocol, hostname, pathname, search } = new URL(page);
  if (protocol !== 'http:' || !['127.0.0.1', 'localhost'].includes(hostname)) return undefined;
  const encoded = btoa(origin).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
  return `/sandbox/web/${encodeURIComponent(userId)}/${encoded}${pathname}${search}`;
}

/** The page's own address, where it is shown so; undefined where nothing is. */
export function addressOfView(shown: string): string | undefined {
  const { pathname, search } = new URL(shown);
  const [, , encoded, path] = WEB_VIEW.exec(pathname) ?? [];
  if (encoded === undefined || path === undefined) return undefined;
  return `${atob(encoded.replaceAll('-', '+').replaceAll('_', '/'))}${path}${search}`;
}

/** What a page inside the client asks of it, as `dingtalk-jsapi` names it; sent to the window around it. */
export interface JsapiCall {
  readonly type: 'jsapiCall';
  readonly id: number;
  readonly name: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** What comes back: `errorCode` `0`, or why not. */
export interface JsapiAnswer {
  readonly type: 'jsapiAnswer';
  readonly id: number;
  readonly answer: {
    readonly errorCode: string;
    readonly errorMessage?: string | undefined;
    readonly result?: Readonly<Record<string, unknown>> | undefined;
  };
}
