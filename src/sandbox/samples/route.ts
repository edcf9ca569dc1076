import { randomInt } from 'node:crypto';
import type { Middleware } from 'koa';
import { z } from 'zod';
import { localOnly } from '../http/local-only.ts';
import type { SampleCodes } from '../store/sample-codes.ts';
import { freshCode } from './code.ts';
import { LOOKS, type SampleOptions, samplePicture } from './sample.ts';
import { seeded } from './seeded.ts';

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
  end: z
    .string()
    .regex(/^[A-Z2-9]{4}$/)
    .optional(),
  look: z.enum(LOOKS).optional(),
  side: z.coerce.number().int().min(480).max(4000).optional(),
});

/**
 * `GET /sandbox/api/samples/:name.jpg?seed=&code=&end=&look=&side=`: sample pictures, another each time unless seeded, `side` pixels on
 * the long side. A close-up
 * shows a fresh code, or the one asked for: by itself, or by the last four (`end`) of one that a sample has shown before.
 */
export function samples(codes: SampleCodes): Middleware {
  return async (ctx, next) => {
    const [, name = ''] = PATH.exec(ctx.path) ?? [];
    if (name === '' || ctx.method !== 'GET') return next();
    return localOnly(ctx, async () => {
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
        ctx.body = {
          error: 'badRequest',
          message: named === undefined ? `no sample ${name}` : 'seed, code, end, look or side',
        };
        return;
      }
      const { seed = randomInt(2 ** 31), end, look = named.look, side } = query.data;
      const known = end === undefined ? undefined : codes.endingWith(end);
      if (end !== undefined && known === undefined) {
        ctx.status = 404;
        ctx.body = { error: 'notFound', message: `No sample has shown a code …${end}.` };
        return;
      }
      const code = query.data.code ?? known ?? freshCode(seeded(seed));
      if (named.kind === 'closeup') codes.remember(code);
      ctx.body = await samplePicture({ kind: named.kind, seed, code, look, side });
      ctx.type = 'image/jpeg';
    });
  };
}
