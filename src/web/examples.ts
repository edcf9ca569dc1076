import { createReadStream } from 'node:fs';
import Router from '@koa/router';

/** `/examples/<name>.jpg`: our own example pictures, for the cards of a bot with a `PUBLIC_URL`. Nothing of anybody's. */
export function exampleRoutes(examples: Readonly<Record<string, URL>>): Router {
  return new Router().get('/examples/:name.jpg', (ctx) => {
    const file = Object.hasOwn(examples, ctx.params.name ?? '') ? examples[ctx.params.name ?? ''] : undefined;
    if (file === undefined) return;
    ctx.type = 'image/jpeg';
    ctx.set('Cache-Control', 'public, max-age=86400');
    ctx.set('Cross-Origin-Resource-Policy', 'cross-origin');
    ctx.body = createReadStream(file);
  });
}
