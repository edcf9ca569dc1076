import { createHash } from 'node:crypto';

/** As DingTalk's client on an iPhone names itself; pages tell by it where they are. */
export const USER_AGENT =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 AliApp(DingTalk/7.6.60) Channel/201200';

/**
 * What the client puts into a page before anything of the page's own runs: how it names itself, and the bridge that
 * `dingtalk-jsapi` looks for on an iPhone. Calls go to the chat page, which plays the client (`page/components/web-view.tsx`).
 */
export const BRIDGE = `(() => {
  Object.defineProperty(navigator, 'userAgent', { value: ${JSON.stringify(USER_AGENT)} });
  const waiting = new Map();
  let last = 0;
  addEventListener('message', ({ source, data }) => {
    if (source !== parent || data?.type !== 'jsapiAnswer') return;
    waiting.get(data.id)?.(data.answer);
    waiting.delete(data.id);
  });
  window.WebViewJavascriptBridge = {
    init() {},
    registerHandler() {},
    callHandler(name, params, done) {
      waiting.set(++last, done);
      parent.postMessage({ type: 'jsapiCall', id: last, name, params: JSON.parse(JSON.stringify(params ?? {})) }, location.origin);
    },
  };
})();`;

const BRIDGE_SOURCE = `'sha256-${createHash('sha256').update(BRIDGE).digest('base64')}'`;

/** A page with the bridge in front of everything that it runs itself. */
export function withBridge(html: string): string {
  const script = `<script>${BRIDGE}</script>`;
  return /<head[^>]*>/i.test(html) ? html.replace(/<head[^>]*>/i, (head) => `${head}${script}`) : `${script}${html}`;
}

/** A page's own policy, as far as the client minds it: the bridge runs under any, and the window around the page is the client's. */
export function policyWithBridge(policy: string): string {
  const kept = policy
    .split(';')
    .map((directive) => directive.trim())
    .filter((directive) => directive !== '' && !directive.startsWith('frame-ancestors'));
  const scripts = kept.find((directive) => directive.startsWith('script-src '));
  const inherited = kept
    .find((directive) => directive.startsWith('default-src '))
    ?.replace('default-src', 'script-src');
  const allowed = `${(scripts ?? inherited ?? 'script-src * data: blob:').replace(" 'none'", '')} ${BRIDGE_SOURCE}`;
  return [...kept.filter((directive) => directive !== scripts), allowed, "frame-ancestors 'self'"].join('; ');
}
