import Router from '@koa/router';
import type { PhotoLinks } from '../media/photo-links.ts';

export interface PhotoPages {
  readonly links: Pick<PhotoLinks, 'contentHashOf'>;
  /** A photo as a phone loads it, or undefined when it is not there. */
  readonly photo: (contentHash: string) => Promise<Buffer | undefined>;
  /** Several in one picture, an example of that name behind them. */
  readonly sheet: (contentHashes: readonly string[], example?: string) => Promise<Buffer | undefined>;
}

/** As many as a card shows of one promotion. */
const MOST_IN_ONE = 40;

/**
 * `/photos/<signed name>.jpg`: photos of staff, for the cards of a bot with a `PUBLIC_URL`; of several names with dots between them, those
 * photos in one, and behind `~` an example of the programme's as the last of them. Whatever is wrong with a name, the answer is the same 404.
 */
export function photoRoutes({ links, photo, sheet }: PhotoPages): Router {
  return new Router().get('/photos/:token.jpg', async (ctx) => {
    const [names = '', example] = (ctx.params.token ?? '').split('~');
    const tokens = names.split('.').slice(0, MOST_IN_ONE + 1);
    const hashes = tokens.flatMap((token) => links.contentHashOf(token) ?? []);
    if (hashes.length < tokens.length || hashes.length > MOST_IN_ONE) return;
    const [only = '', ...others] = hashes;
    const isOne = others.length === 0 && example === undefined;
    const jpeg = isOne ? await photo(only) : await sheet(hashes, example);
    if (jpeg === undefined) return;
    ctx.type = 'image/jpeg';
    ctx.set('Cache-Control', 'private, max-age=604800, immutable');
    ctx.set('Cross-Origin-Resource-Policy', 'cross-origin');
    ctx.set('X-Robots-Tag', 'noindex');
    ctx.body = jpeg;
  });
}
