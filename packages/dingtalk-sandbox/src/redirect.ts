import http from 'node:http';
import https, { type RequestOptions } from 'node:https';

// `node --import @field/dingtalk-sandbox/redirect bot.mjs` with SANDBOX_URL: a bot's calls to DingTalk go to the sandbox instead,
// however it makes them (`https`, which axios and the OpenAPI SDK use, or `fetch`), without a change to the bot.

const HOSTS = new Set(['api.dingtalk.com', 'oapi.dingtalk.com']);
const sandbox = new URL(process.env.SANDBOX_URL ?? 'http://127.0.0.1:3000');

const { request } = https;
https.request = function redirected(...args: unknown[]) {
  const [target, ...rest] = args;
  const isAddress = typeof target === 'string' || target instanceof URL;
  const address = isAddress ? new URL(target) : undefined;
  const options = (isAddress ? (typeof rest[0] === 'object' ? rest.shift() : {}) : target) as RequestOptions;
  const host = address?.hostname ?? options.hostname ?? options.host?.split(':')[0] ?? '';
  if (!HOSTS.has(host)) return Reflect.apply(request, https, args);
  const here: RequestOptions = {
    ...options,
    path: options.path ?? `${address?.pathname ?? '/'}${address?.search ?? ''}`,
    protocol: 'http:',
    host: sandbox.hostname,
    hostname: sandbox.hostname,
    port: sandbox.port,
    agent: undefined,
  };
  const onAnswer = rest.find((one) => typeof one === 'function') as (answer: http.IncomingMessage) => void;
  const asked = http.request(here, onAnswer);
  // the sandbox answers to its own name only, and some clients name DingTalk's host themselves
  if (!asked.headersSent) asked.setHeader('host', sandbox.host);
  return asked;
} as typeof https.request;
https.get = ((...args: Parameters<typeof https.request>) => {
  const asked = https.request(...args);
  asked.end();
  return asked;
}) as typeof https.get;

const { fetch } = globalThis;
globalThis.fetch = (target, init) => {
  const address = new URL(target instanceof Request ? target.url : target);
  if (!HOSTS.has(address.hostname)) return fetch(target, init);
  const here = new URL(`${address.pathname}${address.search}`, sandbox);
  return fetch(target instanceof Request ? new Request(here, target) : here, init);
};
