import { MovableClock } from '@field/kit/clock';
import { AppError } from '@field/kit/errors';
import { onTestFinished } from 'vitest';
import { createOpenApi, type OpenApi, type OpenApiOptions } from '../../src/dingtalk/open-api.ts';
import type { NewCard } from '../../src/platform/platform.ts';
import { type LogLines, logLines } from '../support/log-lines.ts';
import { RawGateway } from '../support/raw-gateway.ts';

export const PATHS = {
  token: '/v1.0/oauth2/accessToken',
  create: '/v1.0/card/instances/createAndDeliver',
  deliver: '/v1.0/card/instances/deliver',
  update: '/v1.0/card/instances',
  download: '/v1.0/robot/messageFiles/download',
  upload: '/media/upload',
} as const;

export const CARD: NewCard = {
  outTrackId: 'track-1',
  space: { kind: 'person', userId: 'staff1' },
  params: { title: 'Somchai 0812345678', body: 'x' },
  preview: 'Your store, step 1',
};

export const DELIVERED = {
  success: true,
  result: {
    outTrackId: 'track-1',
    deliverResults: [{ spaceType: 'IM_ROBOT', spaceId: 'staff1', success: true, carrierId: 'k', errorMsg: '' }],
  },
};

export interface ApiPeer {
  readonly gateway: RawGateway;
  readonly api: OpenApi;
  readonly lines: LogLines;
  readonly clock: MovableClock;
  /** How often a path was asked. */
  asked(path: string): number;
}

/** The product's client of a DingTalk that answers as the test says; from the start it gives tokens and takes everything. */
export async function apiPeer(options: Partial<OpenApiOptions> = {}): Promise<ApiPeer> {
  const gateway = await new RawGateway().listen();
  onTestFinished(() => gateway.close());
  let tokens = 0;
  gateway.answers.set(PATHS.token, () => ({ body: { accessToken: `token-${++tokens}`, expireIn: 7200 } }));
  gateway.answers.set(PATHS.create, () => ({ body: DELIVERED }));
  gateway.answers.set(PATHS.deliver, () => ({ body: { success: true, result: DELIVERED.result.deliverResults } }));
  gateway.answers.set(PATHS.update, () => ({ body: { success: true, result: true } }));
  gateway.answers.set(PATHS.download, () => ({ body: { downloadUrl: `${gateway.base}/file?Expires=1` } }));
  gateway.answers.set(PATHS.upload, () => ({ body: { errcode: '0', errmsg: 'ok', media_id: '@media' } }));
  const lines = logLines();
  const clock = new MovableClock();
  const api = createOpenApi({
    clientId: 'app-1',
    clientSecret: 'the-app-secret',
    robotCode: 'robot-1',
    templateId: 'template.schema',
    apiBase: gateway.base,
    oapiBase: gateway.base,
    clock,
    log: lines.log,
    ...options,
  });
  const asked = (path: string) => gateway.asked.filter((one) => one.path === path).length;
  return { gateway, api, lines, clock, asked };
}

/** What a call failed with, as something to compare. */
export async function failure(call: Promise<unknown>): Promise<{ code: string; kind: string; details: object }> {
  const thrown = await call.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(thrown instanceof AppError)) throw new Error('it did not fail, or not with an AppError', { cause: thrown });
  return { code: thrown.code, kind: thrown.kind, details: thrown.details };
}
