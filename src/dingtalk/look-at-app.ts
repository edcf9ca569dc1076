import type { Clock } from '@field/kit/clock';
import { AppError, asAppError } from '@field/kit/errors';
import type { Logger } from '@field/kit/log';
import { TOPIC_CARD, TOPIC_ROBOT } from 'dingtalk-stream';
import { z } from 'zod';
import { callSdk } from './call.ts';
import { askForEndpoint } from './gateway.ts';
import { parseJson, someText } from './json.ts';
import { createOpenApi, type OpenApiOptions } from './open-api.ts';
import { LONGEST_ANSWER_BYTES, readUpTo } from './read-up-to.ts';
import { banned, isBan, refusal, tooLong } from './refusal.ts';
import { loadSdk } from './sdk.ts';

const TOKEN_PATH = '/v1.0/oauth2/accessToken';
const TIMEOUT_MS = 7_000;
/** Nobody has it, and nobody can: what is asked about them changes nothing. */
const NOBODY = 'doctor-nobody';
const IMPOSSIBLE_NUMBER = '+66-1';
const SUBSCRIPTIONS = [
  { type: 'EVENT', topic: '*' },
  { type: 'CALLBACK', topic: TOPIC_ROBOT },
  { type: 'CALLBACK', topic: TOPIC_CARD },
];

const ANSWER = z.looseObject({ accessToken: someText, code: someText });

export interface AppSettings extends Omit<OpenApiOptions, 'clock' | 'log' | 'rateLimiter'> {
  /** A picture that may be uploaded. */
  readonly picture: Buffer;
}

/** Calls that find out whether DingTalk takes this app as it is set up. Each throws as the calls of the bot do; none is seen by anybody. */
export interface AppLook {
  /** Signs in; DingTalk's time then, milliseconds, as exact as a second. */
  signIn(): Promise<number | undefined>;
  /** Whether a connection for messages, taps and events would be given; none is opened. */
  connection(): Promise<void>;
  /** Makes a card that is put into no chat, once for each template. */
  template(): Promise<void>;
  /** How somebody of the organisation is called there; undefined for whom it does not know. */
  nameOf(userId: string): Promise<string | undefined>;
  /** Changes and looks for to-dos of nobody's, for which the app needs both permissions. */
  todos(): Promise<void>;
  /** One for each permission, by its name in the developer console. */
  readonly permissions: Readonly<Record<Permission, () => Promise<void>>>;
}

export type Permission = 'send' | 'upload' | 'download' | 'readMembers' | 'findMembers' | 'pages' | 'entries';

export function lookAtApp(settings: AppSettings, { clock, log }: { clock: Clock; log: Logger }): AppLook {
  const api = createOpenApi({ ...settings, clock, log });
  return {
    signIn: () => signIn(settings),
    connection: async () => {
      const { apiBase, clientId, clientSecret } = settings;
      const signal = AbortSignal.timeout(TIMEOUT_MS);
      await askForEndpoint({ apiBase, clientId, clientSecret, ua: 'doctor', subscriptions: SUBSCRIPTIONS, signal });
    },
    template: () => unlessThere(() => makeCard(settings)),
    async todos() {
      await orRefused(() => api.updateTodo({ unionId: NOBODY, taskId: NOBODY, done: false }));
      await orRefused(() => api.findTodo({ unionId: NOBODY, name: NOBODY }));
    },
    nameOf: async (userId) => (await api.contactOf(userId))?.name,
    permissions: {
      send: () => orRefused(() => api.sendFile({ userId: NOBODY, mediaId: 'none', fileName: 'none.txt' })),
      upload: () => orRefused(() => api.uploadImage({ bytes: settings.picture, fileName: 'doctor.png' })),
      download: () => orRefused(() => api.downloadUrl('none')),
      readMembers: () => orRefused(() => api.contactOf(NOBODY)),
      // without a name nobody can be made a member of anything
      findMembers: () => orRefused(() => api.invite({ name: '', mobile: IMPOSSIBLE_NUMBER })),
      pages: () => orRefused(() => api.userByCode('none')),
      entries: () => orRefused(() => api.quickEntries.list()),
    },
  };
}

/** What was asked for cannot be had: that it says so, and not that it may not be asked, is the answer. */
async function orRefused(ask: () => Promise<unknown>): Promise<void> {
  try {
    await ask();
  } catch (thrown) {
    const { kind } = asAppError(thrown);
    if (kind !== 'permanent' && kind !== 'user') throw thrown;
  }
}

async function unlessThere(make: () => Promise<unknown>): Promise<void> {
  try {
    await make();
  } catch (thrown) {
    if (asAppError(thrown).code !== 'dingtalk.cardExists') throw thrown;
  }
}

async function signIn({ apiBase, clientId, clientSecret }: AppSettings): Promise<number | undefined> {
  const response = await fetch(`${apiBase}${TOKEN_PATH}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ appKey: clientId, appSecret: clientSecret }),
    redirect: 'error',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch((cause: unknown) => {
    throw new AppError('dingtalk.unreachable', { path: TOKEN_PATH, reason: whyOf(cause) }, { cause });
  });
  const answer = parseJson(String(await readUpTo(response, LONGEST_ANSWER_BYTES, tooLong())));
  if (isBan(answer)) throw banned();
  const { data } = ANSWER.safeParse(answer);
  if (!response.ok) throw refusal(response.status, data?.code);
  if (data?.accessToken === undefined) throw banned();
  const at = Date.parse(response.headers.get('date') ?? '');
  return Number.isNaN(at) ? undefined : at;
}

function whyOf(thrown: unknown): string {
  const cause = thrown instanceof Error ? thrown.cause : undefined;
  return cause instanceof Error && 'code' in cause ? String(cause.code) : 'network';
}

async function makeCard(settings: AppSettings): Promise<void> {
  const sdk = loadSdk(settings.apiBase);
  const { body: signedIn } = await callSdk(() =>
    sdk.tokens.getAccessTokenWithOptions(
      new sdk.tokenModels.GetAccessTokenRequest({ appKey: settings.clientId, appSecret: settings.clientSecret }),
      {},
      sdk.runtime(),
    ),
  );
  const request = new sdk.card.CreateCardRequest({
    cardTemplateId: settings.templateId,
    outTrackId: `doctor-${settings.templateId}`.slice(0, 64),
    cardData: { cardParamMap: { title: 'Doctor' } },
    callbackType: 'STREAM',
    userIdType: 1,
  });
  const headers = new sdk.card.CreateCardHeaders({ xAcsDingtalkAccessToken: signedIn?.accessToken ?? '' });
  await callSdk(() => sdk.cards.createCardWithOptions(request, headers, sdk.runtime()));
}
