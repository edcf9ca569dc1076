import { expect, test } from 'vitest';
import type { Entry } from '../src/protocol/page-protocol.ts';
import { aSandbox, type TestSandbox } from './support/sandbox.ts';

const SEND = '/v1.0/robot/oToMessages/batchSend';
const GROUP = '/v1.0/robot/groupMessages';
const title = 'Title';
const text = 'Text';
const url = 'https://a.example';

const sent = (sandbox: TestSandbox, msgKey: string, param: object, more: object = {}) =>
  sandbox.api('POST', SEND, {
    robotCode: 'demo-client',
    userIds: ['staff1'],
    msgKey,
    msgParam: JSON.stringify(param),
    ...more,
  });

test.each([
  ['sampleText', {}, 'miss.param.contentOfText'],
  ['sampleMarkdown', { text }, 'miss.param.markdownTotitle'],
  ['sampleMarkdown', { title }, 'miss.param.markdownTotext'],
  ['sampleImageMsg', {}, 'miss.param.photoTophotoUrl'],
  ['sampleLink', { title, text }, 'miss.param.messageUrlOfLink'],
  ['sampleActionCard', { title, text, singleURL: url }, 'miss.param.actionCardTosingleTitle'],
  ['sampleActionCard', { title, text, singleTitle: 'Go' }, 'miss.param.actionCardTosingleUrl'],
  [
    'sampleActionCard2',
    { title, text, actionTitle1: 'a', actionURL1: url, actionURL2: url },
    'miss.param.actionCardTobtnsTotitle',
  ],
  ['sampleActionCard6', { title, text, buttonTitle1: 'a' }, 'miss.param.actionCardTobtnsToactionUrl'],
  ['sampleFile', { mediaId: url, fileName: 'a.exe', fileType: 'exe' }, 'invalidParameter.param.invalid'],
  ['sampleFile', { mediaId: url, fileType: 'pdf' }, 'miss.param.file'],
  ['sampleFile', { mediaId: '@none', fileName: 'a.pdf', fileType: 'pdf' }, 'invalidParameter.msgParam.invalid'],
  ['sampleAudio', { mediaId: url }, 'miss.param.audio'],
  ['sampleVideo', { videoMediaId: url, videoType: 'mp4', duration: '1' }, 'miss.param.video'],
  [
    'sampleVideo',
    { videoMediaId: url, videoType: 'avi', duration: '1', picMediaId: url },
    'invalidParameter.param.invalid',
  ],
  ['sampleSong', {}, 'invalidParameter.msgKey.invalid'],
])('%s with %j is refused by name', async (msgKey, param, code) => {
  const sandbox = await aSandbox();
  expect(await sent(sandbox, msgKey, param)).toMatchObject({ status: 400, body: { code } });
  expect((await sandbox.control('GET', '/conversations/staff1')).body).toEqual([]);
});

test('every documented msgKey is taken, voice and video from media among them', async () => {
  const sandbox = await aSandbox();
  const uploaded = async (type: string, name: string) => {
    const form = new FormData();
    form.append('type', type);
    form.append('media', new Blob([`${type} bytes`]), name);
    const path = `/media/upload?access_token=${await sandbox.demoToken()}`;
    return String((await sandbox.ask('POST', path, form)).body.media_id);
  };
  const button = (n: number) => ({ [`actionTitle${n}`]: 'a', [`actionURL${n}`]: url });
  const two = { title, text, ...button(1), ...button(2) };
  const three = { ...two, ...button(3) };
  const four = { ...three, ...button(4) };
  const voice = await uploaded('voice', 'a.amr');
  const taken: [string, object][] = [
    ['sampleText', { content: text }],
    ['sampleMarkdown', { title, text }],
    ['sampleImageMsg', { photoURL: url }],
    ['sampleLink', { title, text, messageUrl: url }],
    ['sampleActionCard', { title, text, singleTitle: 'Go', singleURL: url }],
    ['sampleActionCard2', two],
    ['sampleActionCard3', three],
    ['sampleActionCard4', four],
    ['sampleActionCard5', { ...four, ...button(5) }],
    ['sampleActionCard6', { title, text, buttonTitle1: 'a', buttonUrl1: url, buttonTitle2: 'b', buttonUrl2: url }],
    ['sampleAudio', { mediaId: voice, duration: 2000 }],
    ['sampleFile', { mediaId: await uploaded('file', 'a.pdf'), fileName: 'a.pdf', fileType: 'pdf' }],
    [
      'sampleVideo',
      { videoMediaId: await uploaded('video', 'a.mp4'), videoType: 'mp4', duration: '3', picMediaId: url },
    ],
  ];
  for (const [msgKey, param] of taken)
    expect([msgKey, (await sent(sandbox, msgKey, param)).status]).toEqual([msgKey, 200]);
  const entries = (await sandbox.control<Entry[]>('GET', '/conversations/staff1')).body;
  expect(entries).toHaveLength(taken.length);
  const audio = entries[10];
  expect(audio).toMatchObject({ kind: 'file', files: [{ fileName: 'voice.amr' }] });
  const bytes = await fetch(
    `${sandbox.url}/sandbox/api/files/${encodeURIComponent(audio?.files?.[0]?.downloadCode ?? '')}`,
  );
  expect(await bytes.text()).toBe('voice bytes');
});

test('who has read a message, and a message that is taken back', async () => {
  const sandbox = await aSandbox();
  const { body } = await sent(sandbox, 'sampleText', { content: 'once' }, { userIds: ['staff1', 'staff2'] });
  const processQueryKey = String(body.processQueryKey);
  const status = async (query = `robotCode=demo-client&processQueryKey=${processQueryKey}`) =>
    (await sandbox.api('GET', `/v1.0/robot/oToMessages/readStatus?${query}`, undefined)).body;
  await sandbox.control('POST', '/messages', { from: 'staff2', text: 'seen' });
  expect(await status()).toMatchObject({
    sendStatus: 'SUCCESS',
    messageReadInfoList: [
      { name: 'Dao Kamon', userId: 'staff1', readStatus: 'UNREAD' },
      { userId: 'staff2', readStatus: 'READ' },
    ],
  });
  expect(await status('')).toMatchObject({ code: 'invalidParameter.robotCode.missing' });
  expect(await status('robotCode=demo-client')).toMatchObject({ code: 'invalidParameter.processQueryKey.missing' });
  expect(await status('robotCode=demo-client&processQueryKey=x')).toMatchObject({ code: 'invalid.processQueryKey' });
  const recall = (change: object = {}) =>
    sandbox.api('POST', '/v1.0/robot/otoMessages/batchRecall', {
      robotCode: 'demo-client',
      processQueryKeys: [processQueryKey, 'none'],
      ...change,
    });
  expect((await recall({ processQueryKeys: [] })).body.code).toBe('invalidParameter.processQueryKey.missing');
  const many = Array.from({ length: 21 }, () => 'x');
  expect((await recall({ processQueryKeys: many })).body.code).toBe('invalidParameter.processQueryKeys.overMax');
  expect((await recall({ robotCode: 'other' })).body.code).toBe('invalidParameter.robotCode');
  expect((await recall()).body).toEqual({
    successResult: [processQueryKey],
    failedResult: { none: 'invalid.processQueryKey' },
  });
  for (const userId of ['staff1', 'staff2']) {
    const [entry] = (await sandbox.control<Entry[]>('GET', `/conversations/${userId}?after=2`)).body.filter(
      ({ from }) => from === 'bot',
    );
    expect(entry).toMatchObject({ kind: 'text', text: '[recalled]' });
  }
  expect(await status()).toMatchObject({ sendStatus: 'RECALLED' });
  await sandbox.control('POST', '/clock', { advanceMs: 86_400_001 });
  expect(await status()).toMatchObject({ code: 'processQueryKey.expireTime' });
  expect((await recall()).body.failedResult).toMatchObject({ [processQueryKey]: 'robot.processQueryKey.expired' });
});

test('the same in a group', async () => {
  const sandbox = await aSandbox();
  const group = { robotCode: 'demo-client', openConversationId: 'cid-demo' };
  const message = { ...group, msgKey: 'sampleText', msgParam: '{"content":"all"}' };
  const { processQueryKey } = (await sandbox.api('POST', `${GROUP}/send`, message)).body;
  await sandbox.control('POST', '/messages', { from: 'staff2', to: 'cid-demo', text: 'seen' });
  const query = async (change: object = {}) =>
    (await sandbox.api('POST', `${GROUP}/query`, { ...group, processQueryKey, ...change })).body;
  expect(await query()).toEqual({ sendStatus: 'SUCCESS', readUserIds: ['staff2'], hasMore: false, nextToken: '' });
  expect(await query({ openConversationId: 'other' })).toMatchObject({ code: 'invalid.openConversationId' });
  expect(await query({ robotCode: 'other' })).toMatchObject({ code: 'invalidParameter.robotCode.notExsit' });
  expect(await query({ maxResults: 201 })).toMatchObject({ code: 'invalidParameter.pageSize.invalid' });
  expect(await query({ maxResults: 'all' })).toMatchObject({ code: 'invalidParameter.param.invalid' });
  const recall = async (change: object = {}) =>
    (await sandbox.api('POST', `${GROUP}/recall`, { ...group, processQueryKeys: [processQueryKey], ...change })).body;
  expect(await recall({ openConversationId: '' })).toMatchObject({ code: 'miss.openConversationId' });
  expect(await recall({ openConversationId: 'x' })).toMatchObject({ code: 'invalid.openConversationId' });
  expect(await recall()).toEqual({ successResult: [processQueryKey], failedResult: {} });
  expect(await query()).toMatchObject({ sendStatus: 'RECALLED' });
});

test('what a robot sent is known after a restart', async () => {
  const first = await aSandbox();
  const { processQueryKey } = (await sent(first, 'sampleText', { content: 'kept' })).body;
  await first.close();
  const again = await aSandbox({ dataDir: first.dataDir });
  const path = `/v1.0/robot/oToMessages/readStatus?robotCode=demo-client&processQueryKey=${processQueryKey}`;
  expect((await again.api('GET', path, undefined)).body).toMatchObject({ sendStatus: 'SUCCESS' });
});
