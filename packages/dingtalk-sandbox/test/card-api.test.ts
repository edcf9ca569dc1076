import { expect, test } from 'vitest';
import { aCard, aSandbox, type TestSandbox } from './support/sandbox.ts';
import { fixtureTemplate } from './support/template.ts';

const CREATE = '/v1.0/card/instances/createAndDeliver';
const PATH = '/v1.0/card/instances';

async function refusal(sandbox: TestSandbox, card: unknown, path = CREATE, method = 'POST'): Promise<unknown> {
  const answer = await sandbox.api(method, path, card);
  expect(answer.status).toBe(400);
  expect(answer.body.requestid).toEqual(expect.any(String));
  return answer.body.code;
}

test('each mistake of a new card gets its own code', async () => {
  const sandbox = await aSandbox();
  const good = aCard('c1', 'staff1', { title: 'x' });
  const wrong = (change: object) => refusal(sandbox, { ...good, ...change });
  expect(await wrong({ cardTemplateId: '' })).toBe('param.cardTemplateIdEmpty');
  expect(await wrong({ cardTemplateId: 'unknown.schema' })).toBe('param.templateNotExist');
  expect(await wrong({ outTrackId: undefined })).toBe('param.outTrackIdEmpty');
  expect(await wrong({ outTrackId: 'x'.repeat(101) })).toBe('outTrackId.outOfLimit');
  expect(await wrong({ cardData: undefined })).toBe('param.cardPublicDataEmpty');
  expect(await wrong({ cardData: { cardParamMap: { n: 1 } } })).toBe('param.invalid');
  expect(await wrong({ cardData: { cardParamMap: { b: true } } })).toBe('param.invalid');
  expect(await wrong({ cardData: { cardParamMap: { o: {} } } })).toBe('param.invalid');
  expect(await wrong({ cardData: { cardParamMap: { ['k'.repeat(101)]: 'v' } } })).toBe('param.invalid');
  expect(await wrong({ cardData: { cardParamMap: { big: 'v'.repeat(100_001) } } })).toBe('param.invalid');
  expect(await wrong({ privateData: { nobody: { cardParamMap: {} } } })).toBe('param.userIdNotExist');
  expect((await sandbox.control('GET', '/cards/c1')).status).toBe(404);
  expect((await sandbox.control('GET', '/conversations/staff1')).body).toEqual([]);
});

test('each mistake of who and where gets its own code', async () => {
  const sandbox = await aSandbox();
  const good = aCard('c1', 'staff1', { title: 'x' });
  const wrong = (change: object) => refusal(sandbox, { ...good, ...change });
  const robotCode = { robotCode: 'other' };
  for (const userId of ['nobody', 'outsider1']) expect(await wrong({ userId })).toBe('param.userIdNotExist');
  expect(await wrong({ userId: 'staff1', userIdType: 2 })).toBe('param.userIdNotExist');
  expect(await wrong({ userId: '' })).toBe('param.userIdEmpty');
  expect(await wrong({ openSpaceId: '' })).toBe('param.openSpaceIdEmpty');
  expect(await wrong({ openSpaceId: 'dtv1.card//;' })).toBe('param.openSpaceIdInvalid');
  expect(await wrong({ openSpaceId: 'dtv1.card//IM_ROBOT.staff1;;' })).toBe('param.openSpaceIdInvalid');
  expect(await wrong({ openSpaceId: 'IM_ROBOT.staff1' })).toBe('param.openSpaceIdInvalid');
  expect(await wrong({ openSpaceId: 'dtv1.card//IM_ROBOT.nobody' })).toBe('param.userIdNotExist');
  expect(await wrong({ openSpaceId: 'dtv1.card//IM_ROBOT.outsider1' })).toBe('param.userIdNotExist');
  expect(await wrong({ imRobotOpenDeliverModel: undefined })).toBe('param.openDeliverModelEmpty');
  expect(await wrong({ imRobotOpenDeliverModel: robotCode })).toBe('param.openDeliverModelError');
  expect(await wrong({ imRobotOpenSpaceModel: undefined })).toBe('param.openSpaceModelInvalid');
  expect(await wrong({ imRobotOpenSpaceModel: {} })).toBe('param.invalid');
  expect(await wrong({ imGroupOpenSpaceModel: { supportForward: 'true' } })).toBe('param.invalid');
  const notification = { alertContent: 7 };
  expect(await wrong({ imRobotOpenSpaceModel: { supportForward: true, notification } })).toBe('param.invalid');
  expect((await sandbox.control('GET', '/cards/c1')).status).toBe(404);
  expect((await sandbox.control('GET', '/conversations/staff1')).body).toEqual([]);
});

test('a dynamic data source says what it is and how it is pulled', async () => {
  const sandbox = await aSandbox();
  const pull = { pullStrategy: 'INTERVAL', interval: 3, timeUnit: 'SECONDS' };
  const source = { dynamicDataSourceId: 'd1', pullConfig: pull };
  const card = (config: object) => ({
    ...aCard('c1', 'staff1', { title: 'x' }),
    openDynamicDataConfig: { dynamicDataSourceConfigs: [config] },
  });
  const wrong = async (config: object) => refusal(sandbox, card(config));
  const pulled = (change: object) => wrong({ ...source, pullConfig: { ...pull, ...change } });
  expect(await wrong({ ...source, dynamicDataSourceId: undefined })).toBe('param.dynamicSourceIdEmpty');
  expect(await wrong({ ...source, pullConfig: undefined })).toBe('param.dynamicDataPullConfigEmpty');
  expect(await pulled({ pullStrategy: undefined })).toBe('param.dynamicDataSourcePullStrategyEmpty');
  expect(await pulled({ pullStrategy: 'SOMETIMES' })).toBe('param.invalid');
  for (const interval of [undefined, 0, -1, 2, 3.5]) {
    expect(await pulled({ interval })).toBe('param.dynamicDataPullIntervalInvalid');
  }
  for (const timeUnit of [undefined, 'WEEKS', 'toString']) {
    expect(await pulled({ timeUnit })).toBe('param.dynamicDataPullIntervalTimeUnitInvalid');
  }
  for (const [index, change] of [
    {},
    { interval: 1, timeUnit: 'MINUTES' },
    { pullStrategy: 'ONCE', interval: undefined },
  ].entries()) {
    const fine = { ...card({ ...source, pullConfig: { ...pull, ...change } }), outTrackId: `fine${index}` };
    expect((await sandbox.api('POST', CREATE, fine)).status).toBe(200);
  }
});

test('what the guide and the official examples send is taken: a creator, a long id, a ; at the end', async () => {
  const sandbox = await aSandbox();
  const outTrackId = 'x'.repeat(100);
  const card = {
    ...aCard(outTrackId, 'staff1', { title: 'x' }),
    openSpaceId: 'dtv1.card//IM_ROBOT.staff1;',
    userId: 'admin1',
  };
  const made = await sandbox.api('POST', CREATE, card);
  expect(made).toMatchObject({
    status: 200,
    body: { result: { outTrackId, deliverResults: [{ spaceId: 'staff1' }] } },
  });
});

test('knob: an outTrackId longer than 64, as the table of errors has it', async () => {
  const sandbox = await aSandbox();
  await sandbox.control('POST', '/faults/trackIdLimit', {});
  expect(await refusal(sandbox, aCard('x'.repeat(65), 'staff1', { title: 'x' }))).toBe('outTrackId.outOfLimit');
  expect((await sandbox.api('POST', CREATE, aCard('x'.repeat(64), 'staff1', { title: 'x' }))).status).toBe(200);
});

test('a value over the documented 1 KB is taken and warned of, or refused by a knob', async () => {
  const sandbox = await aSandbox();
  const card = (id: string, bytes: number) => aCard(id, 'staff1', { body: 'v'.repeat(bytes) });
  const warnings = async () => (await sandbox.control<unknown[]>('GET', '/warnings')).body;
  expect((await sandbox.api('POST', CREATE, card('c1', 1024))).status).toBe(200);
  expect(await warnings()).toEqual([]);
  for (const id of ['c2', 'c3']) expect((await sandbox.api('POST', CREATE, card(id, 3_246))).status).toBe(200);
  const about = { templateId: expect.any(String), key: 'body', documented: 1024 };
  expect(await warnings()).toEqual([{ warning: 'card.value.longerThanDocumented', about, times: 2 }]);
  await sandbox.control('POST', '/faults/valueLimit', {});
  expect(await refusal(sandbox, card('c4', 1025))).toBe('param.invalid');
  const update = { outTrackId: 'c1', cardData: { cardParamMap: { body: 'é'.repeat(513) } } };
  expect(await refusal(sandbox, update, PATH, 'PUT')).toBe('param.invalid');
  expect((await sandbox.api('POST', CREATE, card('c5', 1024))).status).toBe(200);
});

test('a value that a client would not show is taken, and said', async () => {
  const logged: string[] = [];
  const log = { info: () => undefined, error: () => undefined, warn: (_: object, event: string) => logged.push(event) };
  const sandbox = await aSandbox({ log });
  const wrong = { form: 'not json', buttons: '[{', percent: 'ten', title: 'not json', body: '', chart: '' };
  expect((await sandbox.api('POST', CREATE, aCard('c1', 'staff1', wrong))).status).toBe(200);
  const forms = ['"text"', 'null', '{"fields":7}'];
  for (const form of forms) await sandbox.api('PUT', PATH, { outTrackId: 'c1', cardData: { cardParamMap: { form } } });
  const notShown = (await sandbox.control<{ about: { key: string } }[]>('GET', '/warnings')).body;
  expect(notShown).toMatchObject([
    { warning: 'card.value.notShown', about: { key: 'form', type: 'form', why: 'not the JSON of a form' }, times: 4 },
    { about: { key: 'buttons', type: 'loopArray' }, times: 1 },
    { about: { key: 'percent', type: 'number' } },
  ]);
  expect(logged).toEqual(['card.value.notShown', 'card.value.notShown', 'card.value.notShown']);
  await sandbox.control('POST', '/reset');
  const fine = { form: '{"fields":[]}', buttons: '[]', percent: '10' };
  await sandbox.api('POST', CREATE, aCard('c1', 'staff1', fine), await sandbox.demoToken());
  expect((await sandbox.control('GET', '/warnings')).body).toEqual([]);
});

test('knob: another card under an id that is taken is a silent success that changes nothing', async () => {
  const sandbox = await aSandbox();
  await sandbox.api('POST', CREATE, aCard('c1', 'staff1', { title: 'first' }));
  await sandbox.control('POST', '/faults/silentRepeat', { userId: 'staff1', times: 1 });
  const again = await sandbox.api('POST', CREATE, aCard('c1', 'staff1', { title: 'second' }));
  expect(again).toMatchObject({
    status: 200,
    body: { success: true, result: { deliverResults: [{ success: true }] } },
  });
  expect((await sandbox.control('GET', '/cards/c1?viewer=staff1')).body).toMatchObject({ data: { title: 'first' } });
  expect((await sandbox.control('GET', '/conversations/staff1')).body).toHaveLength(1);
  expect(await refusal(sandbox, aCard('c1', 'staff1', { title: 'second' }))).toBe('param.cardAlreadyExist');
});

test('an unpublished template is refused', async () => {
  const sandbox = await aSandbox();
  const templateId = 'draft.schema';
  await sandbox.control('POST', '/templates', { templateId, template: fixtureTemplate, published: false });
  const card = { ...aCard('c1', 'staff1', {}), cardTemplateId: templateId };
  expect(await refusal(sandbox, card)).toBe('param.templateUnpublished');
});

test('a template is taken as the export itself or inside a body, and a broken one is refused', async () => {
  const sandbox = await aSandbox();
  const plain = JSON.parse(fixtureTemplate) as object;
  const given = await sandbox.control('POST', '/templates', plain);
  expect(given.body).toEqual({ templateId: expect.stringMatching(/\.schema$/) });
  const named = await sandbox.control('POST', '/templates', { templateId: 'mine.schema', template: plain });
  expect(named.body).toEqual({ templateId: 'mine.schema' });
  for (const { templateId } of [given.body, named.body]) {
    const card = { ...aCard(String(templateId).slice(0, 20), 'staff1', { title: 'x' }), cardTemplateId: templateId };
    expect((await sandbox.api('POST', CREATE, card)).status).toBe(200);
  }
  const broken = await sandbox.control('POST', '/templates', { templateId: 'x', template: '{"editorData":1}' });
  expect(broken).toMatchObject({ status: 400, body: { error: 'badTemplate' } });
});

test('the same card again is a success that delivers nothing, another under its id is refused', async () => {
  const sandbox = await aSandbox();
  const first = await sandbox.api('POST', CREATE, aCard('c1', 'staff1', { title: 'x' }));
  const again = await sandbox.api('POST', CREATE, aCard('c1', 'staff1', { title: 'x' }));
  expect(again).toEqual(first);
  expect((await sandbox.control('GET', '/conversations/staff1')).body).toHaveLength(1);
  expect(await refusal(sandbox, aCard('c1', 'staff1', { title: 'y' }))).toBe('param.cardAlreadyExist');
});

test('an update overwrites, or merges when asked to', async () => {
  const sandbox = await aSandbox();
  await sandbox.api('POST', CREATE, aCard('c1', 'staff1', { title: 'x', tag: 't' }));
  const update = (body: object) => sandbox.api('PUT', PATH, { outTrackId: 'c1', ...body });
  const data = async (viewer = 'staff1') => (await sandbox.control('GET', `/cards/c1?viewer=${viewer}`)).body.data;
  const byKey = { updateCardDataByKey: true, updatePrivateDataByKey: true };
  expect((await update({ cardData: { cardParamMap: { title: 'y' } }, cardUpdateOptions: byKey })).body).toEqual({
    success: true,
    result: true,
  });
  expect(await data()).toEqual({ title: 'y', tag: 't' });
  await update({ cardData: { cardParamMap: { title: 'z' } } });
  expect(await data()).toEqual({ title: 'z' });
  await update({ privateData: { staff1: { cardParamMap: { a: '1', b: '2' } } } });
  await update({ privateData: { staff1: { cardParamMap: { b: '3' } } }, cardUpdateOptions: byKey });
  expect(await data()).toEqual({ title: 'z', a: '1', b: '3' });
  await update({ privateData: { staff1: { cardParamMap: { b: '4' } } } });
  expect(await data()).toEqual({ title: 'z', b: '4' });
  expect(await data('staff2')).toEqual({ title: 'z' });
});

test('an update of nothing, of an unknown card, or of a value that is no string is refused', async () => {
  const sandbox = await aSandbox();
  await sandbox.api('POST', CREATE, aCard('c1', 'staff1', { title: 'x' }));
  const wrong = (body: object) => refusal(sandbox, body, PATH, 'PUT');
  const cardData = { cardParamMap: { title: 'y' } };
  expect(await wrong({ cardData })).toBe('param.outTrackIdEmpty');
  expect(await wrong({ outTrackId: 'none', cardData })).toBe('param.cardNotExist');
  expect(await wrong({ outTrackId: 'c1' })).toBe('param.cardDataAndPrivateDataBothEmpty');
  expect(await wrong({ outTrackId: 'c1', cardData: { cardParamMap: { title: null } } })).toBe('param.invalid');
});

test('a card of another app does not exist', async () => {
  const sandbox = await aSandbox();
  await sandbox.api('POST', CREATE, aCard('c1', 'staff1', { title: 'x' }));
  await sandbox.control('POST', '/apps', { clientId: 'other', clientSecret: 'shh' });
  const asked = { appKey: 'other', appSecret: 'shh' };
  const token = String((await sandbox.ask('POST', '/v1.0/oauth2/accessToken', asked)).body.accessToken);
  const foreign = await sandbox.api('PUT', PATH, { outTrackId: 'c1', cardData: { cardParamMap: {} } }, token);
  expect(foreign.body).toMatchObject({ code: 'param.cardNotExist' });
});

test('create puts a card nowhere, deliver puts it where it has a space, once', async () => {
  const sandbox = await aSandbox();
  const { openSpaceId, imRobotOpenDeliverModel, ...created } = aCard('c1', 'staff1', { title: 'x' });
  expect((await sandbox.api('POST', PATH, created)).body).toEqual({ success: true, result: 'c1' });
  expect((await sandbox.control('GET', '/conversations/staff1')).body).toEqual([]);
  const deliver = { outTrackId: 'c1', openSpaceId, imRobotOpenDeliverModel };
  const delivered = await sandbox.api('POST', `${PATH}/deliver`, deliver);
  expect(delivered.body).toMatchObject({ result: [{ spaceType: 'IM_ROBOT', spaceId: 'staff1', success: true }] });
  await sandbox.api('POST', `${PATH}/deliver`, deliver);
  expect((await sandbox.control('GET', '/conversations/staff1')).body).toHaveLength(1);
  const group = { openSpaceId: 'dtv1.card//IM_GROUP.cid-demo', imGroupOpenDeliverModel: { robotCode: 'demo-client' } };
  const foreign = await refusal(sandbox, { outTrackId: 'c1', ...group }, `${PATH}/deliver`);
  expect(foreign).toBe('param.spaceDeliverModelError');
});

test('a delivery that fails says so in a 200, and deliver mends it', async () => {
  const sandbox = await aSandbox();
  await sandbox.control('POST', '/faults', { kind: 'undelivered', times: 1, userId: 'staff1' });
  const card = aCard('c1', 'staff1', { title: 'x' });
  const failed = await sandbox.api('POST', CREATE, card);
  expect(failed).toMatchObject({ status: 200, body: { result: { deliverResults: [{ success: false }] } } });
  expect((await sandbox.api('POST', CREATE, card)).body).toEqual(failed.body);
  const { openSpaceId, imRobotOpenDeliverModel } = card;
  const deliver = { outTrackId: 'c1', openSpaceId, imRobotOpenDeliverModel };
  const mended = await sandbox.api('POST', `${PATH}/deliver`, deliver);
  expect(mended.body).toMatchObject({ result: [{ success: true }] });
  expect((await sandbox.control('GET', '/conversations/staff1')).body).toHaveLength(1);
});
