import Router from '@koa/router';
import type { PhotoLinks } from '../media/photo-links.ts';

export interface PhotoPages {
  readonly links: Pick<PhotoLinks, 'contentHashOf'>;
  /** A photo as a phone loads it, or undefined when it is not there. */
  readonly photo: (contentHash: string) => Promise<Buffer | undefined>;
}

/**
 * `/photos/<signed name>.jpg`: photos of staff, for the cards of a bot with a `PUBLIC_URL`. Whatever is wrong with a name, the
 * answer is the same 404.
 */
export function photoRoutes({ links, photo }: PhotoPages): Router {
  return new Router().get('/photos/:token.jpg', async (ctx) => {
    const contentHash = links.contentHashOf(ctx.params.token ?? '');
    const jpeg = contentHash === undefined ? undefined : await photo(contentHash);
    if (jpeg === undefined) return;
    ctx.type = 'image/jpeg';
    ctx.set('Cache-Control', 'private, max-age=604800, immutable');
    ctx.set('Cross-Origin-Resource-Policy', 'cross-origin');
    ctx.set('X-Robots-Tag', 'noindex');
    ctx.body = jpeg;
  });
}
