import type { ErrorCode } from '@field/kit/errors';
import type { OpenApi } from '../../src/dingtalk/open-api.ts';
import { CARD } from './open-api-peer.ts';

/** One refusal that DingTalk documents, and what it means to the product: an error, or an answer. */
export interface DocumentedRefusal {
  readonly code: string | number;
  /** Of HTTP; without, as the host says it by its code. */
  readonly status?: number;
  /** What stands before `topapi` says it: 88, with this code below (dingtalk 3). */
  readonly below88?: true;
  readonly means: ErrorCode | { readonly answer: unknown };
}

export interface DocumentedCall {
  readonly path: string;
  readonly method?: 'PUT';
  readonly ask: (api: OpenApi) => Promise<unknown>;
  /** What another call answers first, for this one to be made. */
  readonly after?: { readonly path: string; readonly code: number };
  readonly refusals: readonly DocumentedRefusal[];
}

const all = (means: DocumentedRefusal['means'], ...codes: readonly (string | number)[]): DocumentedRefusal[] =>
  codes.map((code) => ({ code, means }));

/** On every call of `api.dingtalk.com` (dingtalk 3, 5). */
const OF_THE_NEW_HOST: readonly DocumentedRefusal[] = [
  ...all('dingtalk.permission', 'Forbidden.AccessDenied.AccessTokenPermissionDenied'),
  ...all('dingtalk.ipNotListed', 'Forbidden.AccessDenied.IpNotInWhiteList'),
  ...all(
    'dingtalk.busy',
    'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi',
    'Forbidden.AccessDenied.QpsLimitForApi',
    'Forbidden.AccessDenied.QpmLimitForAppkeyAndApi',
  ),
  ...all('dingtalk.quotaUsedUp', 'Forbidden.AccessDenied.ApiCountLimitForOrg'),
  { code: 'system.busy', status: 429, means: 'dingtalk.busy' },
  ...all('dingtalk.failed', 'system.error', 'system.busy', 'unknown.error'),
  { code: 'unknownError', status: 503, means: 'dingtalk.failed' },
  { code: 'service.timeout', status: 504, means: 'dingtalk.unreachable' },
  ...all('dingtalk.refused', 'param.illegal', 'invalidParameter'),
];
const WITH_A_TOKEN: readonly DocumentedRefusal[] = [
  ...OF_THE_NEW_HOST,
  ...all('dingtalk.tokenExpired', 'InvalidAuthentication'),
];

/** On every call of `oapi.dingtalk.com`, said bare or below 88 (dingtalk 3, 5). */
const OF_THE_OLD_HOST: readonly DocumentedRefusal[] = [
  ...all('dingtalk.tokenExpired', 40014, 42001, 40001, 41001),
  ...all('dingtalk.permission', 60011),
  ...all('dingtalk.ipNotListed', 60020),
  ...all('dingtalk.appStopped', 48002, 50003, 50005),
  ...all('dingtalk.busy', 90001, 90002, 90003, 90004, 90005, 90006, 90018, 45009),
  ...all('dingtalk.quotaUsedUp', 90020),
].flatMap((refusal) => [refusal, { ...refusal, below88: true as const }]);
const OF_THE_OLD_HOST_AND_MORE: readonly DocumentedRefusal[] = [
  ...OF_THE_OLD_HOST,
  ...all('dingtalk.failed', -1, 15, 88),
  ...all('dingtalk.refused', 40035, 43009),
];

const OF_A_CARD: readonly DocumentedRefusal[] = [
  ...WITH_A_TOKEN,
  ...all('dingtalk.template', 'param.templateNotExist', 'param.templateUnpublished'),
  ...all('dingtalk.robotCode', 'invalidParameter.robotCode.auth', 'invalidParameter.robotCode.notExsit'),
  ...all('dingtalk.contentUnsafe', 'param.contentUnsafe'),
  ...all(
    'dingtalk.refused',
    'param.empty',
    'param.cardTemplateIdEmpty',
    'param.outTrackIdEmpty',
    'param.userIdEmpty',
    'param.userIdNotExist',
    'param.cardPublicDataEmpty',
    'param.openSpaceModelInvalid',
    'param.openSpaceIdEmpty',
    'param.openSpaceIdInvalid',
    'param.openDeliverModelEmpty',
    'param.openDeliverModelError',
    'param.spaceDeliverModelError',
    'param.cardNotExist',
    'param.invalid',
    'param.emptyAppendSpaces',
    'param.cardDataAndPrivateDataBothEmpty',
  ),
];

const OF_QUICK_ENTRIES: readonly DocumentedRefusal[] = [
  ...WITH_A_TOKEN,
  ...all(
    'dingtalk.robotCode',
    'invalidRequest.robotCodeNotMatch',
    'invalidRequest.robotNotExist',
    'invalidRequest.robotIsStop',
  ),
  ...all('dingtalk.refused', 'invalidRequest.exceededMaximumLimit', 'invalidRequest.jsonFormatErroj'),
  { code: 'invalidRequest.pluginInstallFail', status: 500, means: 'dingtalk.failed' },
];

const OF_TODOS: readonly DocumentedRefusal[] = [
  ...WITH_A_TOKEN,
  ...['taskCreate', 'taskUpdate', 'orgTaskQuery'].flatMap((of): DocumentedRefusal[] => [
    { code: `todo.${of}.paramError`, means: 'dingtalk.refused' },
    { code: `todo.${of}.systemError`, status: 500, means: 'dingtalk.failed' },
  ]),
];

const BAD_NUMBERS = all('contact.badNumber', 40104, 60103, 60118);
const NOT_IN_SCOPE = all('contact.notPermitted', 50002, 50004);
const NOK = { name: 'Nok Suda', mobile: '+66-812344821' };
const ASKED = { kind: 'asked' };

/** Every call that the product makes, with every refusal that is documented of it (dingtalk 3). */
export const CALLS: Readonly<Record<string, DocumentedCall>> = {
  token: {
    path: '/v1.0/oauth2/accessToken',
    ask: (api) => api.createAndDeliver(CARD),
    refusals: [...OF_THE_NEW_HOST, { code: 'invalidClientIdOrSecret', status: 400, means: 'dingtalk.credentials' }],
  },
  createAndDeliver: {
    path: '/v1.0/card/instances/createAndDeliver',
    ask: (api) => api.createAndDeliver(CARD),
    refusals: [...OF_A_CARD, ...all({ answer: { existed: true } }, 'param.cardAlreadyExist')],
  },
  deliver: { path: '/v1.0/card/instances/deliver', ask: (api) => api.deliver(CARD), refusals: OF_A_CARD },
  updateCard: {
    path: '/v1.0/card/instances',
    method: 'PUT',
    ask: (api) => api.updateCard({ outTrackId: 'c1', params: {} }),
    refusals: OF_A_CARD,
  },
  downloadUrl: {
    path: '/v1.0/robot/messageFiles/download',
    ask: (api) => api.downloadUrl('d1'),
    refusals: [
      ...WITH_A_TOKEN,
      ...all('dingtalk.robotCode', 'invalidParameter.robotCode.empty', 'invalidParameter.robotCode.auth'),
      ...all('picture.expired', 'invalidParameter.robotCode.downloadCode'),
    ],
  },
  uploadImage: {
    path: '/media/upload',
    ask: (api) => api.uploadImage({ bytes: Buffer.from('x'), fileName: 'a.png' }),
    refusals: [
      ...OF_THE_OLD_HOST_AND_MORE,
      ...all('dingtalk.refused', 40004, 40005, 40006, 40009, 41005, 43008, 44001, 45001),
    ],
  },
  uploadFile: {
    path: '/media/upload',
    ask: (api) => api.uploadFile({ bytes: Buffer.from('x'), fileName: 'a.xlsx' }),
    refusals: [
      ...OF_THE_OLD_HOST_AND_MORE,
      ...all('dingtalk.refused', 40004, 40005, 40006, 40009, 41005, 43008, 44001, 45001),
    ],
  },
  sendFile: {
    path: '/v1.0/robot/oToMessages/batchSend',
    ask: (api) => api.sendFile({ userId: 'nok', mediaId: '@m', fileName: 'a.xlsx' }),
    refusals: [
      ...WITH_A_TOKEN,
      ...all(
        'dingtalk.robotCode',
        'invalidParameter.robotCode.empty',
        'invalidParameter.robotCode.auth',
        'invalidParameter.robotCode.notExsit',
        'robot.oto.notExist',
        'chatbotId.notAllow.sendOTO',
        'bot.stopped',
      ),
      ...all('dingtalk.busy', 'send.too.fast', 'send.byToken.tooFast'),
      ...all(
        'dingtalk.refused',
        'invalidParameter.userIds.empty',
        'invalidParameter.userIds.overMax',
        'invalidParameter.msgKey.invalid',
        'invalidParameter.msgParam.invalid',
        'miss.param.file',
        'staffId.notExisted',
      ),
    ],
  },
  invite: {
    path: '/topapi/v2/user/create',
    ask: (api) => api.invite(NOK),
    refusals: [
      ...OF_THE_OLD_HOST_AND_MORE,
      ...all({ answer: ASKED }, 40103),
      ...BAD_NUMBERS,
      ...NOT_IN_SCOPE,
      ...all('contact.tooManyOrganisations', 40019),
      ...all('contact.organisationFull', 40020, 40023, 40024, 45024),
      ...all('dingtalk.refused', 400002, 60003, 60022, 60112),
    ],
  },
  'invite, of whoever is in': {
    path: '/topapi/v2/user/getbymobile',
    after: { path: '/topapi/v2/user/create', code: 60107 },
    ask: (api) => api.invite(NOK),
    refusals: [
      ...OF_THE_OLD_HOST_AND_MORE,
      ...all('contact.badNumber', 40104),
      ...NOT_IN_SCOPE,
      ...all('dingtalk.refused', 400002, 60121),
    ],
  },
  contactOf: {
    path: '/topapi/v2/user/get',
    ask: (api) => api.contactOf('nok'),
    refusals: [
      ...OF_THE_OLD_HOST_AND_MORE,
      ...NOT_IN_SCOPE,
      ...all({ answer: undefined }, 33012, 60111, 60121),
      ...all('dingtalk.refused', 400002),
    ],
  },
  createTodo: {
    path: '/v1.0/todo/users/{unionId}/tasks',
    ask: (api) =>
      api.createTodo({ unionId: 'u1', name: 'n', subject: 's', dueAt: 1, page: { phoneUrl: 'p', computerUrl: 'c' } }),
    refusals: [...OF_TODOS, ...all('dingtalk.busy', 'todo.taskCreate.lockError', 'todo.taskCreate.flowControlError')],
  },
  updateTodo: {
    path: '/v1.0/todo/users/{unionId}/tasks/{taskId}',
    method: 'PUT',
    ask: (api) => api.updateTodo({ unionId: 'u1', taskId: 't1', done: true }),
    refusals: OF_TODOS,
  },
  findTodo: {
    path: '/v1.0/todo/users/{unionId}/org/tasks/query',
    ask: (api) => api.findTodo({ unionId: 'u1', name: 'n' }),
    refusals: OF_TODOS,
  },
  userByCode: {
    path: '/topapi/v2/user/getuserinfo',
    ask: (api) => api.userByCode('c1'),
    refusals: [...OF_THE_OLD_HOST_AND_MORE, ...all({ answer: undefined }, 40078, 40079, 40029, 40102, 42003, 42008)],
  },
  pageTicket: {
    path: '/v1.0/oauth2/jsapiTickets',
    ask: (api) => api.pageTicket(),
    refusals: WITH_A_TOKEN,
  },
  'quickEntries.set': {
    path: '/v1.0/robot/plugins/set',
    ask: (api) => api.quickEntries.set([]),
    refusals: OF_QUICK_ENTRIES,
  },
  'quickEntries.list': {
    path: '/v1.0/robot/plugins/query',
    ask: (api) => api.quickEntries.list(),
    refusals: OF_QUICK_ENTRIES,
  },
  'quickEntries.clear': {
    path: '/v1.0/robot/plugins/clear',
    ask: (api) => api.quickEntries.clear(),
    refusals: OF_QUICK_ENTRIES,
  },
};

/** What a call may fail with, each once: by what is documented of it, or of the token that it needs. */
export function errorsOf(call: keyof typeof CALLS): readonly ErrorCode[] {
  const refusals = [...(CALLS[call]?.refusals ?? []), ...(CALLS.token?.refusals ?? [])];
  return [...new Set(refusals.map(({ means }) => means))].filter((means) => typeof means === 'string');
}

/** Of what is documented of a call, one refusal for each error that it can be. */
export function oneOfEach(
  call: keyof typeof CALLS,
): readonly (Omit<DocumentedRefusal, 'means'> & { readonly means: ErrorCode })[] {
  const found = new Map<ErrorCode, Omit<DocumentedRefusal, 'means'> & { readonly means: ErrorCode }>();
  for (const refusal of CALLS[call]?.refusals ?? []) {
    const { means } = refusal;
    if (typeof means === 'string' && !found.has(means)) found.set(means, { ...refusal, means });
  }
  return [...found.values()];
}
