import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** The bot's control interface as the sandbox knows it, answering what the test says. */
export async function aBotControl() {
  const asked: { path: string; body: unknown }[] = [];
  const bot = {
    idle: true,
    left: [] as string[],
    looks: [] as string[],
    onClock: async (_now: number): Promise<void> => undefined,
    onReset: async (): Promise<void> => undefined,
    onIdle: async (): Promise<void> => undefined,
  };
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += String(chunk);
    const { pathname: path, search } = new URL(request.url ?? '', 'http://bot');
    const body = text === '' ? undefined : (JSON.parse(text) as { now?: number | undefined });
    if (path !== '/control/idle') asked.push({ path, body });
    else bot.looks.push(search);
    if (path === '/control/idle') await bot.onIdle();
    if (path === '/control/clock') await bot.onClock(body?.now ?? 0);
    if (path === '/control/reset') await bot.onReset();
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(path === '/control/idle' ? { idle: bot.idle, left: bot.left, changes: 7 } : {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { asked, bot, controlUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}
