import { once } from 'node:events';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import type { ControlHandlers } from '../../src/web/control.ts';
import type { HealthChecks } from '../../src/web/health.ts';
import { newMetrics } from '../../src/web/metrics.ts';
import { startWeb, type Web, type WebOptions } from '../../src/web/server.ts';

let web: Web | undefined;
afterEach(async () => {
  await web?.close();
  web = undefined;
});

const broken: unknown[] = [];
async function open(
  more: { health?: HealthChecks; control?: ControlHandlers; port?: number; admin?: WebOptions['admin'] } = {},
) {
  const { health = {}, port = 0, ...rest } = more;
  web = await startWeb({
    port,
    host: '127.0.0.1',
    health,
    metrics: newMetrics(),
    onError: (error) => broken.push(error),
    ...rest,
  });
  return `http://127.0.0.1:${web.port}`;
}

/** Handlers that write down what was asked of them. */
function recording(): ControlHandlers & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    idle: async ({ withinMs, since }) => ({ idle: false, left: [`inbox: 1 after ${withinMs}`], changes: since ?? 0 }),
    moveClock: async (now) => void asked.push(`clock ${now}`),
    reset: async () => void asked.push('reset'),
    runDue: async () => void asked.push('run-due'),
  };
}

describe('what is for the operator alone', () => {
  const ask = async (port: number, path: string, headers: Record<string, string>) => {
    const call = request({ host: '127.0.0.1', port, path, headers }).end();
    const [answer] = await once(call, 'response');
    return { status: answer.statusCode as number, body: await text(answer) };
  };
  const health = { connection: () => ({ ok: false, detail: 'inside' }) };

  it.each<Record<string, string>>([
    { 'x-forwarded-for': '203.0.113.9' },
    { host: 'field.example.com' },
    { via: '1.1 tunnel' },
  ])('is not told to who comes from elsewhere, who hears only whether it is ready: %j', async (headers) => {
    await open({ health });
    const port = web?.port ?? 0;
    expect((await ask(port, '/healthz', headers)).status).toBe(404);
    expect((await ask(port, '/metrics', headers)).status).toBe(404);
    expect(await ask(port, '/readyz', headers)).toEqual({ status: 503, body: '{"ok":false}' });
  });

  it('stands on an address of its own where one is set, and nowhere else then', async () => {
    const base = await open({ health, admin: { port: 0, host: '127.0.0.1' } });
    const inside = `http://127.0.0.1:${web?.adminPort}`;
    expect(await (await fetch(`${inside}/metrics`)).text()).toMatch(/^process_cpu_seconds_total \d/m);
    expect(await (await fetch(`${inside}/healthz`)).text()).toContain('inside');
    expect((await fetch(`${inside}/control/idle`)).status).toBe(404);
    expect((await fetch(`${base}/metrics`)).status).toBe(404);
    expect((await fetch(`${base}/healthz`)).status).toBe(404);
    expect(await (await fetch(`${base}/readyz`)).json()).toEqual({ ok: false });
  });

  it('a taken address of it is told by its setting, and leaves nothing open', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    await expect(open({ admin: { port, host: '127.0.0.1' } })).rejects.toMatchObject({
      details: { say: expect.stringContaining('ADMIN_PORT') },
    });
    other.close();
  });
});

describe('health', () => {
  it('answers that the process lives while a part is down, but is not ready', async () => {
    const base = await open({
      health: { store: () => ({ ok: true }), connection: () => ({ ok: false, detail: 'reconnecting' }) },
    });
    const alive = await fetch(`${base}/healthz`);
    expect(alive.status).toBe(200);
    expect(await alive.json()).toEqual({
      ok: true,
      parts: { store: { ok: true }, connection: { ok: false, detail: 'reconnecting' } },
    });
    expect((await fetch(`${base}/readyz`)).status).toBe(503);
  });

  it('is ready, and says so, while what is wrong is not essential', async () => {
    const configuration = { ok: false, detail: 'publish the card template', essential: false } as const;
    const base = await open({ health: { store: () => ({ ok: true }), configuration: () => configuration } });
    const ready = await fetch(`${base}/readyz`);
    expect(ready.status).toBe(200);
    expect(await ready.json()).toEqual({ ok: true, parts: { store: { ok: true }, configuration } });
  });

  it('is ready when every part is', async () => {
    const base = await open({ health: { store: () => ({ ok: true }) } });
    expect((await fetch(`${base}/readyz`)).status).toBe(200);
  });

  it('tells nothing of an error inside a check', async () => {
    const base = await open({ health: { store: () => Promise.reject(new Error('mongodb://user:password@db')) } });
    const ready = await fetch(`${base}/readyz`);
    expect(ready.status).toBe(503);
    expect(await ready.text()).not.toContain('password');
  });

  it('waits for no part that says nothing: the others are told, and that is no reason not to be ready', async () => {
    const base = await open({ health: { store: () => ({ ok: true }), delivery: () => new Promise(() => {}) } });
    const ready = await fetch(`${base}/readyz`);
    expect(ready.status).toBe(200);
    const parts = { store: { ok: true }, delivery: { ok: false, detail: 'Not known now.', essential: false } };
    expect(await ready.json()).toEqual({ ok: true, parts });
  });

  it('sends the headers that keep a page to itself', async () => {
    const answer = await fetch(`${await open()}/healthz`);
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  });
});

it('metrics tell the figures of the product as they are when they are asked for', async () => {
  let aside = 0;
  const metrics = newMetrics([{ name: 'pictures_kept_aside', read: async () => aside }]);
  expect(await metrics.metrics()).toContain('\npictures_kept_aside 0\n');
  aside = 2;
  expect(await metrics.metrics()).toContain('\npictures_kept_aside 2\n');
});

it('metrics tell a figure of each of several, and of none that is gone', async () => {
  const pushes = new Map([
    ['mango@iso.example', 12],
    ['lotus@iso.example', 3],
  ]);
  const metrics = newMetrics([{ name: 'dingtalk_month_pushes_by_iso', readEach: async () => pushes }]);
  expect(await metrics.metrics()).toContain('\ndingtalk_month_pushes_by_iso{iso="mango@iso.example"} 12\n');
  pushes.delete('mango@iso.example');
  const said = await metrics.metrics();
  expect(said).not.toContain('mango');
  expect(said).toContain('\ndingtalk_month_pushes_by_iso{iso="lotus@iso.example"} 3\n');
});

it('metrics are in the Prometheus format', async () => {
  const answer = await fetch(`${await open()}/metrics`);
  expect(answer.headers.get('content-type')).toContain('text/plain');
  expect(await answer.text()).toMatch(/^process_cpu_seconds_total \d/m);
});

it('what is not there is 404, and a wrong method 405', async () => {
  const base = await open({ control: recording() });
  expect((await fetch(`${base}/nothing`)).status).toBe(404);
  expect((await fetch(`${base}/control/reset`)).status).toBe(405);
});

it('a taken port is told by number, with the variable to set', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as { port: number };
  await expect(open({ port })).rejects.toMatchObject({
    code: 'port.taken',
    details: { say: `Port ${port} is already in use. Stop what uses it, or set PORT to another.` },
  });
  other.close();
});

describe('control routes', () => {
  const post = (url: string, body?: string) => fetch(url, { method: 'POST', body: body ?? null });

  it('are not there without a demo', async () => {
    expect((await post(`${await open()}/control/reset`)).status).toBe(404);
  });

  it('hand over what the sandbox asks', async () => {
    const control = recording();
    const base = await open({ control });
    const left = async (query: string) => (await fetch(`${base}/control/idle${query}`)).json();
    expect(await left('')).toEqual({ idle: false, left: ['inbox: 1 after 0'], changes: 0 });
    expect(await left('?withinMs=500&since=7')).toEqual({ idle: false, left: ['inbox: 1 after 500'], changes: 7 });
    expect(await left('?withinMs=soon&since=then')).toEqual({ idle: false, left: ['inbox: 1 after 0'], changes: 0 });
    expect((await post(`${base}/control/clock`, '{"now":1795000000000}')).status).toBe(200);
    expect((await post(`${base}/control/run-due`)).status).toBe(200);
    expect((await post(`${base}/control/reset`)).status).toBe(200);
    expect(control.asked).toEqual(['clock 1795000000000', 'run-due', 'reset']);
  });

  it.each(['', 'now', '{}', '{"now":"tomorrow"}', '{"now":-1}', '{"now":1.5}', '[]'])(
    'refuse the time %j',
    async (body) => {
      const control = recording();
      const answer = await post(`${await open({ control })}/control/clock`, body);
      expect(answer.status).toBe(400);
      expect(await answer.json()).toMatchObject({ error: 'clock.malformed' });
      expect(control.asked).toEqual([]);
    },
  );

  it('answer 500 without a reason when a handler breaks, and tell the operator', async () => {
    const error = new Error('secret inside');
    const base = await open({ control: { ...recording(), reset: () => Promise.reject(error) } });
    const answer = await post(`${base}/control/reset`);
    expect(answer.status).toBe(500);
    expect(await answer.text()).not.toContain('secret');
    expect(broken).toContain(error);
  });

  it.each<Record<string, string>>([
    { host: 'evil.example' },
    { host: '127.0.0.1.evil.example' },
    { host: '127.0.0.1:1' },
    { host: 'localhost' },
    { origin: 'https://evil.example' },
    { 'x-forwarded-for': '203.0.113.9' },
    { 'x-forwarded-host': 'field.example' },
    { 'x-real-ip': '203.0.113.9' },
    { forwarded: 'for=203.0.113.9' },
    { via: '1.1 tunnel' },
  ])('refuse a web page that reaches this machine by another name, and what a proxy passes on: %j', async (headers) => {
    const control = recording();
    await open({ control });
    const call = request({ host: '127.0.0.1', port: web?.port, path: '/control/reset', method: 'POST', headers });
    call.end();
    const [answer] = await once(call, 'response');
    expect(answer.statusCode).toBe(403);
    expect(await text(answer)).toContain('control.elsewhere');
    expect(control.asked).toEqual([]);
  });

  it.each(['clock', 'reset'])('refuse a body of %s that is too large, and answer it', async (path) => {
    const control = recording();
    const answer = await post(`${await open({ control })}/control/${path}`, `{"now":1}${' '.repeat(3_000_000)}`);
    expect(answer.status).toBe(413);
    expect(await answer.json()).toMatchObject({ error: 'body.tooLarge' });
    expect(control.asked).toEqual([]);
  });
});
