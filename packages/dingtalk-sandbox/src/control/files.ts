import type { Context } from 'koa';
import { notFound } from './control-error.ts';

/** Images that a browser may show; anything else is handed out as a download, so that no file becomes a page. */
const SHOWN: readonly { begin: string; type: string }[] = [
  { begin: '\xff\xd8\xff', type: 'image/jpeg' },
  { begin: '\x89PNG', type: 'image/png' },
  { begin: 'GIF8', type: 'image/gif' },
  { begin: 'BM', type: 'image/bmp' },
];

/** Answers with a stored file's bytes; 404 when there is none. */
export function sendFile(ctx: Context, file: { bytes: Buffer; fileName: string } | undefined): void {
  if (file === undefined) throw notFound('such file');
  const begin = file.bytes.subarray(0, 4).toString('latin1');
  const image = SHOWN.find((one) => begin.startsWith(one.begin));
  ctx.body = file.bytes;
  ctx.type = image?.type ?? 'application/octet-stream';
  ctx.set('Cache-Control', 'private, max-age=3600');
  if (image === undefined) ctx.attachment(file.fileName);
}
