import { gzipSync } from 'node:zlib';
import type { Context } from 'koa';
import { shortMac } from './short-mac.ts';

/** Something built that is sent as it is, under a name that changes with it. */
export interface StaticFile {
  readonly name: string;
  send(ctx: Context): void;
}

/** `open-<hash>.js` of `open.js`: kept by browsers for good, smaller where they can unpack it. */
export function staticFile(name: string, type: string, content: string | Buffer): StaticFile {
  const dot = name.lastIndexOf('.');
  const bytes = Buffer.from(content);
  const gzipped = gzipSync(bytes);
  return {
    name: `${name.slice(0, dot)}-${shortMac(bytes.toString('latin1'))}${name.slice(dot)}`,
    send(ctx) {
      ctx.type = type;
      ctx.set('Cache-Control', 'public, max-age=31536000, immutable');
      sendZipped(ctx, bytes, gzipped);
    },
  };
}

/** Smaller where the browser can unpack it. */
export function sendZipped(ctx: Context, bytes: Buffer, gzipped: Buffer): void {
  ctx.vary('Accept-Encoding');
  const zipped = ctx.acceptsEncodings('gzip', 'identity') === 'gzip';
  if (zipped) ctx.set('Content-Encoding', 'gzip');
  ctx.body = zipped ? gzipped : bytes;
}
