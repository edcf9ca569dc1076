import { randomInt } from 'node:crypto';
import type { Middleware } from 'koa';
import { z } from 'zod';
import { LOOKS, type SampleOptions, samplePicture } from './sample.ts';

const PATH = /^\/sandbox\/api\/samples\/([\w-]+)\.jpg$/;

/** The names under which the page asks; a look of the close-up has a name of its own beside `?look=`. */
const NAMED: Readonly<Record<string, Pick<SampleOptions, 'kind' | 'look'>>> = {
  storefront: { kind: 'storefront', look: 'good' },
  counter: { kind: 'counter', look: 'good' },
  closeup: { kind: 'closeup', look: 'good' },
  receipt: { kind: 'receipt', look: 'good' },
  dark: { kind: 'closeup', look: 'dark' },
  'no-code': { kind: 'closeup', look: 'none' },
  'two-codes': { kind: 'closeup', look: 'two' },
  'foreign-code': { kind: 'closeup', look: 'foreign' },
};

const querySchema = z.object({
  seed: z.coerce
    .number()
    .int()
    .min(0)
    .max(2 ** 31)
    .optional(),
  code: z.string().min(1).max(300).optional(),
  at: z.string().min(1).max(200).optional(),
  shop: z.string().min(1).max(200).optional(),
  app: z.string().min(1).max(40).optional(),
  look: z.enum(LOOKS).optional(),
  side: z.coerce.number().int().min(480).max(4000).optional(),
});

/** What stands at a spot by what was handed over: its code, or none on a display without; undefined for an unknown spot. */
export type StandsAt = (ref: string) => Promise<{ readonly code: string | undefined } | undefined>;

/**
 * `GET /sandbox/api/samples/:name.jpg?seed=&code=&at=&shop=&app=&look=&side=`: sample pictures, another each time unless seeded, `side`
 * pixels on the long side. A close-up shows a fresh code, or `code`, or what stands at the spot `at`; a shop front its name on the sign
 * (`shop`), a receipt what was paid with (`app`).
 */
export function samples(standsAt: StandsAt | undefined): Middleware {
  return async (ctx, next) => {
    const [, name = ''] = PATH.exec(ctx.path) ?? [];
    if (name === '' || ctx.method !== 'GET') return next();
    ctx.set('Cache-Control', 'no-store');
    if (name === 'not-an-image') {
      ctx.type = 'image/jpeg';
      ctx.body = Buffer.from('This is not a picture.\n');
      return;
    }
    const named = NAMED[name];
    const query = querySchema.safeParse(ctx.query);
    if (named === undefined || !query.success) {
      ctx.status = named === undefined ? 404 : 400;
      const message = named === undefined ? `no sample ${name}` : 'seed, code, at, shop, app, look or side';
      ctx.body = { error: 'badRequest', message };
      return;
    }
    const { seed = randomInt(2 ** 31), at, look = named.look, ...picture } = query.data;
    const standing = at === undefined ? undefined : await standsAt?.(at);
    const shown = standing === undefined ? picture : { ...picture, code: standing.code };
    const isBare = standing !== undefined && standing.code === undefined;
    ctx.body = await samplePicture({ kind: named.kind, seed, ...shown, look: isBare ? 'none' : look });
    ctx.type = 'image/jpeg';
  };
}
