import Router from '@koa/router';

/** `/examples/<name>.jpg`: the programme's example pictures, for the cards of a bot with a `PUBLIC_URL`. Nothing of anybody's. */
export function exampleRoutes(example: (name: string) => Uint8Array | undefined): Router {
  return new Router().get('/examples/:name.jpg', (ctx) => {
    const picture = example(ctx.params.name ?? '');
    if (picture === undefined) return;
    ctx.type = 'image/jpeg';
    ctx.set('Cache-Control', 'public, max-age=86400');
    ctx.set('Cross-Origin-Resource-Policy', 'cross-origin');
    ctx.body = Buffer.from(picture);
  });
}
