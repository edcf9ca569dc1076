import { once } from 'node:events';
import { get } from 'node:http';
import type { Socket } from 'node:net';
import Router from '@koa/router';
import { expect, it, onTestFinished } from 'vitest';
import { newMetrics } from '../../src/web/metrics.ts';
import { createPageTurns } from '../../src/web/pages/page-turns.ts';
import { startWeb } from '../../src/web/server.ts';

const CROWD = 50;

/** The bot's web with one page that is made in turn and may wait for `finish`, and how somebody at an address looks at it. */
async function open(make: (from: string, finished: Promise<void>) => Promise<void>) {
  const { inTurn } = createPageTurns();
  let finish = (): void => undefined;
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const sockets: Socket[] = [];
  const changed = new Set<() => void>();
  const page = new Router().get('/page', async (ctx) => {
    sockets.push(ctx.req.socket);
    for (const look of changed) setImmediate(look);
    await inTurn(ctx.req, async () => {
      await make(ctx.get('x-forwarded-for'), finished);
      ctx.body = 'a page';
    });
  });
  const options = { port: 0, host: '127.0.0.1', metrics: newMetrics(), health: {}, pages: [page] };
  const web = await startWeb({ ...options, onError: (error) => Promise.reject(error) });
  onTestFinished(async () => {
    finish();
    await web.close();
  });
  const url = `http://127.0.0.1:${web.port}/page`;
  return {
    url,
    finish: () => finish(),
    look: (from: string) => fetch(url, { headers: { 'x-forwarded-for': from } }).then((answer) => answer.text()),
    /** Resolves when so many have asked for it, with the socket of the last one. */
    asked: (count: number): Promise<Socket> =>
      new Promise((resolve) => {
        const look = (): void => {
          const socket = sockets[count - 1];
          if (socket !== undefined) resolve(socket);
        };
        changed.add(look);
        look();
      }),
  };
}

it('of a crowd from one address one page is made at a time, and another visitor’s beside it', async () => {
  const begun: string[] = [];
  const { asked, look, finish } = await open(async (from, finished) => {
    begun.push(from);
    await finished;
  });
  const crowd = Array.from({ length: CROWD }, () => look('10.4.0.1'));
  await asked(CROWD);
  const nok = look('10.4.0.2');
  await asked(CROWD + 1);
  expect(begun).toEqual(['10.4.0.1', '10.4.0.2']);
  finish();
  expect(new Set(await Promise.all([...crowd, nok]))).toEqual(new Set(['a page']));
});

it('whatever else comes in has its go after a few pages, also where none of them waits for anything', async () => {
  let goes = 0;
  const madeInGo: number[] = [];
  const { asked, look, finish } = await open(async (_, finished) => {
    await finished;
    madeInGo[goes] = (madeInGo[goes] ?? 0) + 1;
  });
  const crowd = Array.from({ length: CROWD }, () => look('10.4.0.1'));
  await asked(CROWD);
  let ended = false;
  const count = (): void => {
    goes += 1;
    if (!ended) setImmediate(count);
  };
  count();
  finish();
  await Promise.all(crowd);
  ended = true;
  const made = Object.values(madeInGo);
  expect(made.reduce((sum, pages) => sum + pages, 0)).toBe(CROWD);
  expect(Math.max(...made)).toBeLessThanOrEqual(4);
});

it('a page whose reader has gone is not made', async () => {
  let made = 0;
  const { url, asked, look, finish } = await open(async (_, finished) => {
    made += 1;
    await finished;
  });
  const crowd = [look('10.4.0.1'), look('10.4.0.1')];
  await asked(2);
  const impatient = get(url, { headers: { 'x-forwarded-for': '10.4.0.1' } }).on('error', () => undefined);
  const socket = await asked(3);
  impatient.destroy();
  if (!socket.destroyed) await once(socket, 'close');
  finish();
  await Promise.all(crowd);
  await look('10.4.0.1');
  expect(made).toBe(3);
});
