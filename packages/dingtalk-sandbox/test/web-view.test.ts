import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, onTestFinished, test } from 'vitest';
import { webViewAddress } from '../src/protocol/web-view.ts';
import { aCard, aSandbox } from './support/sandbox.ts';

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
  expect((await shown('staff1', url, { method: 'DELETE' })).status).toBe(404);
  await sandbox.api('POST', '/v1.0/robot/plugins/clear', { robotCode: 'demo-client' });
  expect((await shown('staff1')).status).toBe(404);
  await sandbox.api('POST', '/v1.0/robot/plugins/set', { pluginInfoList: [{ name: 'x', icon: '@x', mobileUrl: url }] });
  server.close();
  server.closeAllConnections();
  expect((await shown('staff1')).status).toBe(502);
});

test('a page that a card leads to is shown too, also inside an address of the client; the sandbox itself is not', async () => {
  const { sandbox, shown, url } = await aBotPage((_, response) => response.end('reached'));
  await sandbox.api('POST', '/v1.0/robot/plugins/clear', { robotCode: 'demo-client' });
  const create = (id: string, link: string) =>
    sandbox.api('POST', '/v1.0/card/instances/createAndDeliver', aCard(id, 'staff1', { title: link }));
  await create('own', `${sandbox.url}/x`);
  expect((await shown('staff1', `${sandbox.url}/x`)).status).toBe(404);
  expect((await shown('staff1')).status).toBe(404);
  await create('wrapped', `dingtalk://dingtalkclient/page/link?url=${encodeURIComponent(url)}`);
  expect(await (await shown('staff1')).text()).toBe('reached');
});

test('what a page sends of itself says where it comes from as in the client, and its worker’s scope is where it is shown', async () => {
  const { sandbox, shown } = await aBotPage(async (request, response) => {
    const { origin = '-', 'sec-fetch-site': site = '-' } = request.headers;
    const said = `${request.method} ${origin} ${site} ${(await text(request)).length}`;
    response.writeHead(200, { 'service-worker-allowed': '/go/scan' }).end(said);
  });
  const piece = { method: 'PUT', body: 'x'.repeat(65_536), headers: { origin: sandbox.url } };
  const answer = await shown('staff1', undefined, piece);
  const { pathname } = new URL(answer.url);
  expect(answer.headers.get('service-worker-allowed')).toBe(pathname.replace('/go/tasks', '/go/scan'));
  expect(await answer.text()).toMatch(/^PUT http:\/\/127\.0\.0\.1:\d+ \S+ 65536$/);
});

test('a scan is asked of the person, unless a knob answers it, refuses it or takes its time', async () => {
  const sandbox = await aSandbox();
  const call = async (name: string, params = {}) =>
    (await sandbox.control('POST', '/users/staff1/client-calls', { name, params })).body;
  const play = (knob: object) => sandbox.control('POST', '/faults/jsapi', { times: 1, name: 'biz.util.scan', ...knob });
  expect(await call('biz.util.scan', { type: 'qrCode' })).toEqual({ code: expect.stringMatching(/^https:/) });
  expect(await call('biz.util.scan', { type: 'qr' })).toMatchObject({ errorCode: '2' });
  await play({ result: { text: 'abc' }, delayMs: 20 });
  const before = performance.now();
  expect(await call('biz.util.scan')).toEqual({ errorCode: '0', result: { text: 'abc' } });
  expect(performance.now() - before).toBeGreaterThanOrEqual(19);
  await play({ errorCode: '-1', userId: 'staff2' });
  await play({ errorCode: '8', errorMessage: 'no camera' });
  expect(await call('biz.util.scan')).toEqual({ errorCode: '8', errorMessage: 'no camera' });
  expect(await call('biz.util.scan')).toEqual({ code: expect.any(String) });
});

test('the place is refused to a page without dd.config, whatever a knob gives', async () => {
  const sandbox = await aSandbox();
  const call = (isAllowed: boolean) =>
    sandbox.control('POST', '/users/staff1/client-calls', { name: 'device.geolocation.get', isAllowed });
  expect((await call(true)).body).toEqual({ place: 'ofMachine' });
  const result = { latitude: 13.7, longitude: 100.5, accuracy: 20, isFromMock: true };
  await sandbox.control('POST', '/faults/jsapi', { name: 'device.geolocation.get', result });
  expect((await call(false)).body).toMatchObject({ errorCode: '3' });
  expect((await call(true)).body).toEqual({ errorCode: '0', result });
  expect((await sandbox.control('POST', '/users/outsider1/client-calls', { name: 'biz.util.scan' })).status).toBe(403);
  expect((await sandbox.control('POST', '/users/staff1/client-calls', { name: 'biz.nothing' })).status).toBe(400);
});

describe('dd.config', () => {
  const page = 'https://field.example/go/scan?corpId=demo-corp';
  const sign = (ticket: string, url: string): string =>
    createHash('sha256').update(`jsapi_ticket=${ticket}&noncestr=abc&timestamp=1800000000000&url=${url}`).digest('hex');

  async function asking() {
    const sandbox = await aSandbox();
    const { body } = await sandbox.api('POST', '/v1.0/oauth2/jsapiTickets', {});
    const { jsapiTicket, expireIn } = body as { jsapiTicket: string; expireIn: number };
    const good = {
      agentId: '3000000001',
      corpId: 'demo-corp',
      timeStamp: '1800000000000',
      nonceStr: 'abc',
      signature: sign(jsapiTicket, page),
      jsApiList: ['device.geolocation.get'],
    };
    const asks = async (change: object, at = page) => {
      const call = { name: 'runtime.permission.requestJsApis', page: at, params: { ...good, ...change } };
      return (await sandbox.control('POST', '/users/staff1/client-calls', call)).body;
    };
    return { sandbox, asks, ticket: jsapiTicket, expireIn };
  }

  test('a page that the app has signed is allowed, with the ticket of the day however often it is asked for', async () => {
    const { sandbox, asks, ticket, expireIn } = await asking();
    expect(await asks({})).toEqual({ errorCode: '0', result: {} });
    expect(expireIn).toBeGreaterThan(0);
    expect(expireIn).toBeLessThanOrEqual(7200);
    expect((await sandbox.api('POST', '/v1.0/oauth2/jsapiTickets', {})).body).toMatchObject({ jsapiTicket: ticket });
  });

  test.each([
    ['a signature of another page', { signature: '0'.repeat(64) }, '52013'],
    ['another organisation', { corpId: 'other' }, '52010'],
    ['no chance', { nonceStr: '' }, '52015'],
    ['no signature', { signature: undefined }, '52016'],
    ['nothing asked for', { jsApiList: [] }, '52017'],
    ['no time', { timeStamp: 'now' }, '52018'],
    ['another app', { agentId: '1' }, '52019'],
  ])('%s is refused by its number', async (_, change, errorCode) => {
    expect(await (await asking()).asks(change)).toMatchObject({ errorCode });
  });

  test('an address that differs by a letter is another page', async () => {
    const { asks } = await asking();
    expect(await asks({}, `${page}&x=1`)).toMatchObject({ errorCode: '52013' });
  });
});
