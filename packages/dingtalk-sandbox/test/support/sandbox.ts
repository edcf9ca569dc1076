import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MovableClock } from '@field/kit/clock';
import { onTestFinished } from 'vitest';
import { type RunningSandbox, type SandboxOptions, startSandbox } from '../../src/index.ts';
import { fixtureTemplate } from './template.ts';

export const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

export interface Answer<Body = Record<string, unknown>> {
  readonly status: number;
  readonly body: Body;
}

/** An empty folder for one test. */
export async function aFolder(name: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `${name}-`));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A sandbox of its own for one test, on any free port, with the control API and the platform's APIs at hand. */
export async function aSandbox(options: Partial<SandboxOptions> = {}) {
  const dataDir = options.dataDir ?? (await aFolder('sandbox'));
  const templateFile = join(dataDir, 'template.json');
  await writeFile(templateFile, fixtureTemplate);
  const clock = options.clock ?? new MovableClock();
  const running: RunningSandbox = await startSandbox({
    port: 0,
    dataDir,
    clock,
    templateFile,
    log: silent,
    ...options,
  });
  let open = true;
  const close = async () => {
    if (open) await running.close();
    open = false;
  };
  onTestFinished(close);
  const call = caller(running.url);
  return { ...call, url: running.url, dataDir, clock, close };
}

export type TestSandbox = Awaited<ReturnType<typeof aSandbox>>;

/** Calls to a sandbox at `url`. */
export function caller(url: string) {
  const ask = async <Body = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer<Body>> => {
    const form = body instanceof FormData;
    const type: Record<string, string> = body === undefined || form ? {} : { 'content-type': 'application/json' };
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { ...type, ...headers },
      body: body === undefined ? null : form ? body : JSON.stringify(body),
    });
    const text = await response.text();
    return { status: response.status, body: (text === '' ? {} : JSON.parse(text)) as Body };
  };
  /** The control API. */
  const control = <Body = Record<string, unknown>>(method: string, path: string, body?: unknown) =>
    ask<Body>(method, `/sandbox/api${path}`, body);
  let token: string | undefined;
  /** `api.dingtalk.com`, with a token of the demo's app unless another is given. */
  const api = async (method: string, path: string, body: unknown, given?: string) => {
    if (given === undefined) token ??= await demoToken();
    return ask(method, path, body, { 'x-acs-dingtalk-access-token': given ?? token ?? '' });
  };
  const demoToken = async (): Promise<string> => {
    const answer = await ask('POST', '/v1.0/oauth2/accessToken', { appKey: 'demo-client', appSecret: 'demo-secret' });
    return String(answer.body.accessToken);
  };
  return { ask, control, api, demoToken };
}

/** What createAndDeliver needs for a card in a person's chat. */
export function aCard(outTrackId: string, userId: string, params: Record<string, unknown>, more: object = {}) {
  return {
    cardTemplateId: '5f0c2d3e-8a41-4b7e-9c16-2d7a90e1b6f4.schema',
    outTrackId,
    callbackType: 'STREAM',
    cardData: { cardParamMap: params },
    openSpaceId: `dtv1.card//IM_ROBOT.${userId}`,
    imRobotOpenSpaceModel: { supportForward: false },
    imRobotOpenDeliverModel: { spaceType: 'IM_ROBOT' },
    ...more,
  };
}
