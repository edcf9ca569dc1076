import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { webViewAddress } from '../src/protocol/web-view.ts';
import { aSandbox } from './support/sandbox.ts';

const PAGE = '<!doctype html><html><head><title>Tasks</title></head><body></body></html>';

/** A bot's web on this machine, to which a quick entry leads; it answers as the test says. */
async function aBotPage(answer: (request: IncomingMessage, response: ServerResponse) => unknown) {
  const server = createServer((request, response) => void answer(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/go/tasks?corpId=demo-corp`;
  const sandbox = await aSandbox();
  const entry = { name: 'Tasks', icon: '@x', mobileUrl: url };
  await sandbox.api('POST', '/v1.0/robot/plugins/set', { robotCode: 'demo-client', pluginInfoList: [entry] });
  const shown = (userId: string, page = url, init?: RequestInit) =>
    fetch(`${sandbox.url}${webViewAddress(userId, page)}`, init);
  return { sandbox, server, url, shown };
}

test('a page is shown as the client shows it: with its name, and its bridge under the page’s own policy', async () => {
  let agent = '';
  const { shown } = await aBotPage((request, response) => {
    agent = request.headers['user-agent'] ?? '';
    const policy = "default-src 'none'; script-src 'self'; frame-ancestors 'none'";
    response.writeHead(200, { 'content-type': 'text/html', 'content-security-policy': policy }).end(PAGE);
  });
  const answer = await shown('staff1');
  const page = await answer.text();
  expect(agent).toMatch(/iPhone.*DingTalk\/7\./);
  const [, bridge = ''] = /^<!doctype html><html><head><script>([\s\S]*?)<\/script><title>/.exec(page) ?? [];
  expect(bridge).toContain('WebViewJavascriptBridge');
  const hash = createHash('sha256').update(bridge).digest('base64');
  expect(answer.headers.get('content-security-policy')).toBe(
    `default-src 'none'; script-src 'self' 'sha256-${hash}'; frame-ancestors 'self'`,
  );
  expect(answer.headers.get('x-frame-options')).toBeNull();
});

test('every person’s client has cookies of its own', async () => {
  const seen: string[] = [];
  const { shown } = await aBotPage(async (request, response) => {
    const said = await text(request);
    seen.push(
      `${request.method} ${request.headers['content-type'] ?? ''} ${request.headers.cookie || '-'} ${said}`.trim(),
    );
    response.writeHead(200, { 'set-cookie': ['go=1.2; Path=/go; HttpOnly', 'old=; Max-Age=0'] }).end();
  });
  const post = { method: 'POST', body: '{"a":1}', headers: { 'content-type': 'application/json' } };
  await shown('staff1');
  await shown('staff1', undefined, post);
  await shown('staff2');
  expect(seen).toEqual(['GET  -', 'POST application/json go=1.2 {"a":1}', 'GET  -']);
});

test('it is no way to anywhere else', async () => {
  const { sandbox, shown, url, server } = await aBotPage((_, response) => response.end('reached'));
  expect(await (await shown('staff1')).text()).toContain('reached');
  expect((await shown('nobody')).status).toBe(404);
  expect((await shown('outsider1')).status).toBe(404);
  expect((await shown('staff1', sandbox.url)).status).toBe(404);
  expect((await fetch(`${sandbox.url}/sandbox/web/staff1/${'x'.repeat(20)}/go`)).status).toBe(404);
  expect(webViewAddress('staff1', 'https://www.dingtalk.com/')).toBeUndefined();
  expect((await shown('staff1', url, { method: 'PUT' })).status).toBe(404);
  await sandbox.api('POST', '/v1.0/robot/plugins/clear', { robotCode: 'demo-client' });
  expect((await shown('staff1')).status).toBe(404);
  await sandbox.api('POST', '/v1.0/robot/plugins/set', { pluginInfoList: [{ name: 'x', icon: '@x', mobileUrl: url }] });
  server.close();
  server.closeAllConnections();
  expect((await shown('staff1')).status).toBe(502);
});
