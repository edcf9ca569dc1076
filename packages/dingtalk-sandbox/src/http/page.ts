import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import type { Middleware } from 'koa';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
};

/** Serves the built chat page: its index at `/`, its files by name, nothing outside its folder. */
export function page(folder: string): Middleware {
  return async (ctx, next) => {
    if (ctx.method !== 'GET' && ctx.method !== 'HEAD') return next();
    const name = ctx.path === '/' ? 'index.html' : normalize(decoded(ctx.path)).replace(/^\/+/, '');
    const type = TYPES[extname(name)];
    if (type === undefined || name.startsWith('..') || name.includes('\0')) return next();
    try {
      ctx.body = await readFile(join(folder, name));
    } catch {
      return next();
    }
    ctx.set('Content-Type', type);
    ctx.set('Cache-Control', /\.woff2?$/.test(name) ? 'public, max-age=86400' : 'no-cache');
  };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
