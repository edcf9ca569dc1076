import { readFileSync } from 'node:fs';
import { MovableClock } from '@field/kit/clock';
import { AppError, CATALOGUE } from '@field/kit/errors';
import { expect, it } from 'vitest';
import { aSandbox } from '../../packages/dingtalk-sandbox/test/support/sandbox.ts';
import { createOpenApi } from '../../src/dingtalk/open-api.ts';
import { remedyOf } from '../../src/platform/remedies.ts';
import { readSourceTree } from '../architecture/source-tree.ts';
import { logLines } from '../support/log-lines.ts';
import { CALLS, type DocumentedRefusal } from './documented-refusals.ts';
import { PATHS } from './open-api-peer.ts';

const EVERY = Object.entries(CALLS);
const named = ({ code, below88, status }: DocumentedRefusal): string =>
  [status, below88 === undefined ? undefined : 88, code].filter((part) => part !== undefined).join(' ');

/** Machine time that a test moves: a local DingTalk counts the calls of a second. */
class SecondsApart extends MovableClock {
  seconds = 0;

  override machine(): number {
    return super.machine() + this.seconds * 1_000;
  }
}

/** The product's client of a local DingTalk that refuses as a knob says. */
async function refusing() {
  const clock = new SecondsApart();
  const sandbox = await aSandbox({ clock });
  const { log } = logLines();
  const { url } = sandbox;
  const app = {
    clientId: 'demo-client',
    clientSecret: 'demo-secret',
    robotCode: 'demo-client',
    templateId: 'x.schema',
  };
  const api = () => createOpenApi({ ...app, apiBase: url, oapiBase: url, clock: new MovableClock(), log });
  const refuse = async (path: string, { code, status, below88 }: DocumentedRefusal, method?: string) => {
    const said = below88 === undefined ? { code } : { code: 88, body: { sub_code: String(code) } };
    const knob = { kind: 'refusal', path, method, status, ...said };
    expect((await sandbox.control('POST', '/faults', knob)).status).toBeLessThan(300);
  };
  /** Nothing is refused any more, and the second in which too much was asked is over. */
  const allow = async () => {
    await sandbox.control('DELETE', '/faults');
    clock.seconds += 1;
  };
  return { api, refuse, allow };
}

it.each(EVERY)('%s: every documented refusal is known for what it is', async (_, call) => {
  const { api, refuse, allow } = await refusing();
  const known = api();
  const seen: Record<string, unknown> = {};
  for (const refusal of call.refusals) {
    await allow();
    if (call.after !== undefined) await refuse(call.after.path, { code: call.after.code, means: 'dingtalk.refused' });
    await refuse(call.path, refusal, call.method);
    seen[named(refusal)] = await call.ask(call.path === PATHS.token ? api() : known).then(
      (answer) => ({ answer }),
      (thrown: unknown) => (thrown instanceof AppError ? thrown.code : thrown),
    );
  }
  expect(seen).toEqual(Object.fromEntries(call.refusals.map((refusal) => [named(refusal), refusal.means])));
});

it('every call that the source makes is among them', () => {
  const source = readSourceTree()
    .filter(({ path }) => path.startsWith('src/dingtalk/'))
    .map(({ path }) => readFileSync(path, 'utf8'));
  const paths = source.flatMap((text) =>
    [...text.matchAll(/'(\/(?:v1\.0|topapi|media)\/[^']+)'/g)].map(([, path]) => path),
  );
  // by the SDK, which knows its path
  const made = new Set([...paths, PATHS.token]);
  // a connection is asked for until it is had, whatever is said (dingtalk 8.10)
  made.delete('/v1.0/gateway/connections/open');
  expect(new Set(EVERY.map(([, { path }]) => path))).toEqual(new Set(made));
});

it('docs/dingtalk.md names every one of them', () => {
  const page = readFileSync('docs/dingtalk.md', 'utf8');
  const codes = new Set(EVERY.flatMap(([, { refusals }]) => refusals.map(({ code }) => String(code))));
  expect([...codes].filter((code) => !isNamed(page, code))).toEqual([]);
});

/** As it is, or by its last word where a list says once what its codes begin with. */
function isNamed(page: string, code: string): boolean {
  return new RegExp(`(?<![\\w])${code.split('.').at(-1)}(?![\\w])`).test(page);
}

it('docs/operating.md says of each that an operator must mend what to do', () => {
  const [, section = ''] =
    /\n## When DingTalk refuses\n([\s\S]*?)\n## /.exec(readFileSync('docs/operating.md', 'utf8')) ?? [];
  const configuration = Object.entries(CATALOGUE).filter(([, kind]) => kind === 'configuration');
  for (const [code] of configuration) {
    expect(section).toContain(`| \`${code}\``);
    expect(remedyOf(code as keyof typeof CATALOGUE)).toMatch(/^[a-z].{20}/);
  }
});
