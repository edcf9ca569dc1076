/** The address if a link may open it (http or https), else undefined. */
export function safeLink(href: string): string | undefined {
  return /^https?:\/\/[^\s]+$/i.test(href) ? href : undefined;
}

/** The address if the page may show it as a picture: only what the sandbox itself serves. */
export function ownImage(src: string, origin: string): string | undefined {
  const path = src.startsWith(`${origin}/`) ? src.slice(origin.length) : src;
  return /^\/sandbox\/api\/[\w\-./%@?=&~]+$/.test(path) && !path.includes('..') ? path : undefined;
}

/** Where a link leads in a browser: an address of DingTalk's client that opens a page is that page. */
export function reachable(url: string): string | undefined {
  if (!/^dingtalk:/i.test(url)) return safeLink(url);
  const [, page] = /[?&]url=([^&]+)/.exec(url) ?? [];
  return page === undefined ? undefined : safeLink(decoded(page));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
