import { AppError } from '@field/kit/errors';
import { readUpTo } from './read-up-to.ts';

const MOST_HOPS = 3;

/** Where DingTalk keeps what people send: its own hosts, and the object store and CDN of its house. */
const FILE_HOSTS = ['dingtalk.com', 'dingtalk.cn', 'dingtalk.io', 'aliyuncs.com', 'alicdn.com'];

/**
 * Fetches what a person sent, from DingTalk's hosts or from the origins of `bases` only, every redirect checked again
 * (architecture 12: an address in an answer must not make us call anybody else). Throws `picture.tooBig` past `maxBytes`,
 * `picture.expired` when it is no longer there, `file.unreachable` when it may work later.
 */
export async function fetchFile(
  url: string,
  limits: { maxBytes: number; timeoutMs: number },
  bases: readonly string[],
): Promise<Buffer> {
  const signal = AbortSignal.timeout(limits.timeoutMs);
  try {
    const response = await follow(url, bases, signal);
    const { maxBytes } = limits;
    return await readUpTo(response, maxBytes, new AppError('picture.tooBig', { maxBytes }));
  } catch (thrown) {
    if (thrown instanceof AppError) throw thrown;
    // the error of `fetch` may quote the address, which is as good as the picture
    throw new AppError('file.unreachable', { reason: signal.aborted ? 'timeout' : 'network' });
  }
}

/** Whether an address may be fetched, as it will be: `http:` of DingTalk's hosts becomes `https:`. */
export function allowedAddress(url: string, bases: readonly string[]): URL | undefined {
  if (!URL.canParse(url)) return undefined;
  const address = new URL(url);
  if (address.username !== '' || address.password !== '') return undefined;
  if (bases.some((base) => new URL(base).origin === address.origin)) return address;
  if (address.protocol === 'http:' && address.port === '') address.protocol = 'https:';
  const known = FILE_HOSTS.some((host) => address.hostname === host || address.hostname.endsWith(`.${host}`));
  // the object store's `-internal` names lead into the network of whoever runs in its cloud
  const internal = /-internal\.aliyuncs\.com$/.test(address.hostname);
  return known && !internal && address.protocol === 'https:' && address.port === '' ? address : undefined;
}

async function follow(url: string, bases: readonly string[], signal: AbortSignal): Promise<Response> {
  let next = url;
  for (let hop = 0; hop <= MOST_HOPS; hop++) {
    const address = allowedAddress(next, bases);
    if (address === undefined) throw new AppError('dingtalk.refused', { reason: 'foreignHost' });
    const response = await fetch(address.href, { redirect: 'manual', signal });
    if (response.ok) return response;
    await response.body?.cancel();
    const location = response.headers.get('location');
    if (response.status < 300 || response.status > 399 || location === null) throw gone(response.status);
    next = URL.canParse(location, address.href) ? new URL(location, address).href : '';
  }
  throw new AppError('dingtalk.refused', { reason: 'tooManyHops' });
}

/** The object store answers 403 to a link whose time is over. */
function gone(status: number): AppError {
  const later = status >= 500 || status === 408 || status === 429;
  return new AppError(later ? 'file.unreachable' : 'picture.expired', { status });
}
