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
  const robotCode = { robotCode: 'other' };
  expect(await wrong({ cardTemplateId: '' })).toBe('param.cardTemplateIdEmpty');
  expect(await wrong({ cardTemplateId: 'unknown.schema' })).toBe('param.templateNotExist');
  expect(await wrong({ outTrackId: undefined })).toBe('param.outTrackIdEmpty');
  expect(await wrong({ outTrackId: 'x'.repeat(65) })).toBe('outTrackId.outOfLimit');
  expect(await wrong({ cardData: undefined })).toBe('param.cardPublicDataEmpty');
  expect(await wrong({ cardData: { cardParamMap: { n: 1 } } })).toBe('param.invalid');
  expect(await wrong({ cardData: { cardParamMap: { b: true } } })).toBe('param.invalid');
  expect(await wrong({ cardData: { cardParamMap: { o: {} } } })).toBe('param.invalid');
  expect(await wrong({ cardData: { cardParamMap: { ['k'.repeat(101)]: 'v' } } })).toBe('param.invalid');
  expect(await wrong({ cardData: { cardParamMap: { big: 'v'.repeat(100_001) } } })).toBe('param.invalid');
  expect(await wrong({ privateData: { nobody: { cardParamMap: {} } } })).toBe('param.userIdNotExist');
  expect(await wrong({ openSpaceId: '' })).toBe('param.openSpaceIdEmpty');
  expect(await wrong({ openSpaceId: 'IM_ROBOT.staff1' })).toBe('param.openSpaceIdInvalid');
  expect(await wrong({ openSpaceId: 'dtv1.card//IM_ROBOT.nobody' })).toBe('param.userIdNotExist');
  expect(await wrong({ openSpaceId: 'dtv1.card//IM_ROBOT.outsider1' })).toBe('param.userIdNotExist');
  expect(await wrong({ imRobotOpenDeliverModel: undefined })).toBe('param.openDeliverModelEmpty');
  expect(await wrong({ imRobotOpenDeliverModel: robotCode })).toBe('param.openDeliverModelError');
  expect(await wrong({ imRobotOpenSpaceModel: undefined })).toBe('param.openSpaceModelInvalid');
  expect(await wrong({ imRobotOpenSpaceModel: {} })).toBe('param.invalid');
  expect((await sandbox.control('GET', '/cards/c1')).status).toBe(404);
  expect((await sandbox.control('GET', '/conversations/staff1')).body).toEqual([]);
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
