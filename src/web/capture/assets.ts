import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import Router from '@koa/router';
import type { Context } from 'koa';

/** Where the page finds its own files, from its own address on. */
export interface ScanFiles {
  readonly script: string;
  /** The program of the code reader, a megabyte; asked for only where neither DingTalk nor the browser reads codes. */
  readonly wasm: string;
}

interface Asset {
  readonly type: string;
  readonly bytes: Buffer;
  /** Made when somebody asks for it first, and not by the thread that answers: a megabyte takes longer than all else of the page. */
  readonly gzipped: () => Promise<Buffer>;
}

const zipped = promisify(gzip);
const SCRIPT = 'text/javascript; charset=utf-8';
const WORKER = 'sw.js';

/**
 * `/go/scan/files/<name>` and `/go/scan/sw.js`: what `scripts/build-scan-page.mjs` left in `folder`. Files are named by what is in them and
 * kept for ever; the worker's address stays, so it is asked for again each time.
 */
export function scanAssets(folder: string): { readonly router: Router; readonly files: ScanFiles } {
  const names = readdirSync(folder).filter((name) => name.endsWith('.js'));
  const script = names.find((name) => name.startsWith('main-'));
  if (script === undefined) throw new Error(`${folder} has no main-*.js: build it`);
  const assets = new Map(names.map((name) => [name, assetOf(SCRIPT, readFileSync(join(folder, name)))] as const));
  const reader = readFileSync(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'));
  const wasm = `reader-${createHash('sha256').update(reader).digest('hex').slice(0, 12)}.wasm`;
  assets.set(wasm, assetOf('application/wasm', reader));
  const router = new Router({ prefix: '/go/scan' })
    .get('/files/:name', async (ctx) => {
      const asset = assets.get(ctx.params.name ?? '');
      if (asset !== undefined) await send(ctx, asset, 'public, max-age=31536000, immutable');
    })
    .get(`/${WORKER}`, async (ctx) => {
      const worker = assets.get(WORKER);
      ctx.set('Service-Worker-Allowed', '/go/scan');
      if (worker !== undefined) await send(ctx, worker, 'no-cache');
    });
  return { router, files: { script: `scan/files/${script}`, wasm: `scan/files/${wasm}` } };
}

function assetOf(type: string, bytes: Buffer): Asset {
  let gzipped: Promise<Buffer> | undefined;
  return {
    type,
    bytes,
    gzipped() {
      gzipped ??= zipped(bytes, { level: 9 });
      return gzipped;
    },
  };
}

async function send(ctx: Context, { type, bytes, gzipped }: Asset, kept: string): Promise<void> {
  ctx.type = type;
  ctx.set('Cache-Control', kept);
  ctx.vary('Accept-Encoding');
  const isZipped = ctx.acceptsEncodings('gzip', 'identity') === 'gzip';
  if (isZipped) ctx.set('Content-Encoding', 'gzip');
  ctx.body = isZipped ? await gzipped() : bytes;
}
