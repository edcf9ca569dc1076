import { extname } from 'node:path';
import type { Clock } from '@field/kit/clock';
import { AppError, asAppError } from '@field/kit/errors';
import type { Logger } from '@field/kit/log';
import type { Delivered, NewCard, Platform, Unbilled } from '../platform/platform.ts';
import type { QuickEntryLinks } from '../platform/quick-entries.ts';
import { AccessToken, type NewToken } from './access-token.ts';
import { callSdk } from './call.ts';
import { createAndDeliverFields, deliverFields } from './card-request.ts';
import { CONTACT_PATHS, contactOf, invite } from './contacts.ts';
import { fetchFile } from './fetch-file.ts';
import { uploadFile, uploadImage } from './oapi.ts';
import { PAGE_TICKET_PATH, pageTicket } from './page-ticket.ts';
import { clearQuickEntries, listQuickEntries, QUICK_ENTRY_PATHS, setQuickEntries } from './quick-entries.ts';
import { banned } from './refusal.ts';
import { loadSdk, type Sdk } from './sdk.ts';
import { SIGN_IN_PATH, userByCode } from './sign-in.ts';
import { createTodo, findTodo, TODO_PATHS, updateTodo } from './todos.ts';

export interface OpenApiOptions {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly robotCode: string;
  readonly templateId: string;
  readonly apiBase: string;
  readonly oapiBase: string;
  readonly clock: Clock;
  readonly log: Logger;
  /** Awaited before each call of a path that DingTalk limits: where a budget makes it wait. */
  readonly rateLimiter?: ((path: string) => Promise<void>) | undefined;
}

const PATHS = {
  createAndDeliver: '/v1.0/card/instances/createAndDeliver',
  deliver: '/v1.0/card/instances/deliver',
  update: '/v1.0/card/instances',
  download: '/v1.0/robot/messageFiles/download',
  send: '/v1.0/robot/oToMessages/batchSend',
  upload: '/media/upload',
} as const;

export interface OpenApi extends Unbilled<Platform> {
  /** Loads the SDK and asks for a token ahead of the first call, which otherwise does both. Never fails. */
  prepare(): Promise<void>;
  /** What an operator sets up, besides what the bot needs by itself. */
  readonly quickEntries: QuickEntryLinks;
}

/** DingTalk's OpenAPI as the rest of the product sees it, over the official SDK (dingtalk 3). */
export function createOpenApi(options: OpenApiOptions): OpenApi {
  let loaded: Sdk | undefined;
  const sdk = () => (loaded ??= loadSdk(options.apiBase));
  const token = new AccessToken(() => askForToken(sdk(), options), options.clock);
  const call = <T>(path: string, about: object, send: (token: string) => Promise<T>) =>
    billedCall(options, token, path, about, send);
  return {
    prepare: async () => {
      await token.get().catch((thrown: unknown) => {
        options.log.warn({ code: asAppError(thrown).code }, 'dingtalk.notPrepared');
      });
    },
    createAndDeliver: (card) =>
      call(PATHS.createAndDeliver, { outTrackId: card.outTrackId }, (token) =>
        createAndDeliver(sdk(), options, card, token),
      ),
    deliver: (card) =>
      call(PATHS.deliver, { outTrackId: card.outTrackId }, (token) => deliver(sdk(), options, card, token)),
    updateCard: (update) =>
      call(PATHS.update, { outTrackId: update.outTrackId }, (token) => updateCard(sdk(), update, token)),
    downloadUrl: (downloadCode) =>
      call(PATHS.download, {}, (token) => downloadUrl(sdk(), options.robotCode, downloadCode, token)),
    fetchFile: (url, limits) => fetchFile(url, limits, [options.apiBase, options.oapiBase]),
    uploadImage: (image) => call(PATHS.upload, {}, (token) => uploadImage(options.oapiBase, image, token)),
    uploadFile: (file) => call(PATHS.upload, {}, (token) => uploadFile(options.oapiBase, file, token)),
    sendFile: (file) => call(PATHS.send, {}, (token) => sendFile(sdk(), options.robotCode, file, token)),
    createTodo: (todo) => call(TODO_PATHS.create, {}, (token) => createTodo(sdk().todos(), todo, token)),
    updateTodo: (change) => call(TODO_PATHS.update, {}, (token) => updateTodo(sdk().todos(), change, token)),
    findTodo: (asked) => call(TODO_PATHS.query, {}, (token) => findTodo(sdk().todos(), asked, token)),
    invite: (person) => call(CONTACT_PATHS.create, {}, (token) => invite(options.oapiBase, person, token)),
    contactOf: (userId) => call(CONTACT_PATHS.get, {}, (token) => contactOf(options.oapiBase, userId, token)),
    userByCode: (code) => call(SIGN_IN_PATH, {}, (token) => userByCode(options.oapiBase, code, token)),
    pageTicket: () => call(PAGE_TICKET_PATH, {}, (token) => pageTicket(sdk(), token)),
    quickEntries: {
      set: (entries) =>
        call(QUICK_ENTRY_PATHS.set, {}, (token) => setQuickEntries(sdk(), options.robotCode, entries, token)),
      list: () => call(QUICK_ENTRY_PATHS.query, {}, (token) => listQuickEntries(sdk(), options.robotCode, token)),
      clear: () => call(QUICK_ENTRY_PATHS.clear, {}, (token) => clearQuickEntries(sdk(), options.robotCode, token)),
    },
  };
}

async function billedCall<T>(
  options: OpenApiOptions,
  token: AccessToken,
  path: string,
  about: object,
  send: (token: string) => Promise<T>,
): Promise<T> {
  const began = options.clock.machine();
  try {
    const answer = await token.use(async (value) => {
      await options.rateLimiter?.(path);
      return await send(value);
    });
    options.log.debug({ path, ...about, tookMs: options.clock.machine() - began }, 'dingtalk.called');
    return answer;
  } catch (thrown) {
    const { code, details } = asAppError(thrown);
    options.log.warn({ path, ...about, code, details, tookMs: options.clock.machine() - began }, 'dingtalk.callFailed');
    throw thrown;
  }
}

async function askForToken(sdk: Sdk, options: OpenApiOptions): Promise<NewToken> {
  const request = new sdk.tokenModels.GetAccessTokenRequest({
    appKey: options.clientId,
    appSecret: options.clientSecret,
  });
  const { body } = await callSdk(() => sdk.tokens.getAccessTokenWithOptions(request, {}, sdk.runtime()));
  // a 200 without a token is the page that an address gets which called too often
  if (body?.accessToken === undefined) throw banned();
  options.log.info({ lifeS: body.expireIn ?? 0 }, 'dingtalk.signedIn');
  return { token: body.accessToken, lifeMs: (body.expireIn ?? 0) * 1000 };
}

async function createAndDeliver(sdk: Sdk, app: OpenApiOptions, card: NewCard, token: string): Promise<Delivered> {
  const request = new sdk.card.CreateAndDeliverRequest(createAndDeliverFields(card, app));
  const headers = new sdk.card.CreateAndDeliverHeaders({ xAcsDingtalkAccessToken: token });
  try {
    const { body } = await callSdk(() => sdk.cards.createAndDeliverWithOptions(request, headers, sdk.runtime()));
    assertDone(body?.success);
    assertDelivered(body?.result?.deliverResults);
  } catch (thrown) {
    if (asAppError(thrown).code === 'dingtalk.cardExists') return { existed: true };
    throw thrown;
  }
  return { existed: false };
}

async function deliver(sdk: Sdk, app: OpenApiOptions, card: NewCard, token: string): Promise<Delivered> {
  const request = new sdk.card.DeliverCardRequest(deliverFields(card, app));
  const headers = new sdk.card.DeliverCardHeaders({ xAcsDingtalkAccessToken: token });
  const { body } = await callSdk(() => sdk.cards.deliverCardWithOptions(request, headers, sdk.runtime()));
  assertDone(body?.success);
  assertDelivered(body?.result);
  return { existed: false };
}

async function updateCard(
  sdk: Sdk,
  update: { outTrackId: string; params: Readonly<Record<string, string>> },
  token: string,
): Promise<void> {
  const request = new sdk.card.UpdateCardRequest({
    outTrackId: update.outTrackId,
    userIdType: 1,
    cardData: { cardParamMap: { ...update.params } },
  });
  const headers = new sdk.card.UpdateCardHeaders({ xAcsDingtalkAccessToken: token });
  const { body } = await callSdk(() => sdk.cards.updateCardWithOptions(request, headers, sdk.runtime()));
  assertDone(body?.success);
}

async function downloadUrl(sdk: Sdk, robotCode: string, downloadCode: string, token: string): Promise<string> {
  const request = new sdk.robotModels.RobotMessageFileDownloadRequest({ downloadCode, robotCode });
  const headers = new sdk.robotModels.RobotMessageFileDownloadHeaders({ xAcsDingtalkAccessToken: token });
  try {
    const { body } = await callSdk(() =>
      sdk.robot.robotMessageFileDownloadWithOptions(request, headers, sdk.runtime()),
    );
    if (body?.downloadUrl === undefined) throw banned();
    return body.downloadUrl;
  } catch (thrown) {
    const { details } = asAppError(thrown);
    if (details.code === 'invalidParameter.robotCode.downloadCode') throw new AppError('picture.expired');
    throw thrown;
  }
}

/** Contract 3.3: a 200 can hide that somebody did not get it. */
async function sendFile(
  sdk: Sdk,
  robotCode: string,
  { userId, mediaId, fileName }: { userId: string; mediaId: string; fileName: string },
  token: string,
): Promise<void> {
  const request = new sdk.robotModels.BatchSendOTORequest({
    robotCode,
    userIds: [userId],
    msgKey: 'sampleFile',
    msgParam: JSON.stringify({ mediaId, fileName, fileType: extname(fileName).slice(1) }),
  });
  const headers = new sdk.robotModels.BatchSendOTOHeaders({ xAcsDingtalkAccessToken: token });
  const { body } = await callSdk(() => sdk.robot.batchSendOTOWithOptions(request, headers, sdk.runtime()));
  if (body?.processQueryKey === undefined) throw banned();
  if (body.invalidStaffIdList?.includes(userId)) throw new AppError('dingtalk.refused', { reason: 'nobody' });
  if (body.flowControlledStaffIdList?.includes(userId))
    throw new AppError('dingtalk.busy', { reason: 'tooManyMessages' });
}

/** A 200 that says it did not happen is a refusal; one that says nothing is no answer of this API. */
function assertDone(success: boolean | undefined): void {
  if (success === undefined) throw banned();
  if (!success) throw new AppError('dingtalk.refused', { reason: 'notDone' });
}

/** HTTP 200 and still not in the chat (dingtalk 3.2). The card exists by then: what is to be tried again is `deliver`. */
function assertDelivered(results: readonly { success?: boolean | undefined }[] | undefined): void {
  if (results === undefined || results.length === 0 || results.some(({ success }) => success !== true)) {
    throw new AppError('dingtalk.undelivered');
  }
}
