import { describe, expect, test } from 'vitest';
import { aSandbox, type TestSandbox } from './support/sandbox.ts';

const DUE = Date.UTC(2026, 10, 26, 11);
const PAGE = { appUrl: 'https://a.example/go/results', pcUrl: 'dingtalk://dingtalkclient/page/link?url=x' };

async function open() {
  const sandbox = await aSandbox();
  const people = (await sandbox.control<{ userId: string; unionId: string; state: string }[]>('GET', '/users')).body;
  const member = people.find(({ state }) => state === 'joined');
  const outside = people.find(({ state }) => state === 'outside');
  if (member === undefined || outside === undefined) throw new Error('nobody is there');
  const { unionId, userId } = member;
  const asked = { sourceId: 'one', subject: '3 to fix', dueTime: DUE, executorIds: [unionId], detailUrl: PAGE };
  return { sandbox, unionId, userId, outside, asked };
}

const create = (sandbox: TestSandbox, unionId: string, body: object) =>
  sandbox.api('POST', `/v1.0/todo/users/${unionId}/tasks?operatorId=${unionId}`, body);
const update = (sandbox: TestSandbox, unionId: string, taskId: string, body: object) =>
  sandbox.api('PUT', `/v1.0/todo/users/${unionId}/tasks/${taskId}?operatorId=${unionId}`, body);
const query = (sandbox: TestSandbox, unionId: string, body: object) =>
  sandbox.api('POST', `/v1.0/todo/users/${unionId}/org/tasks/query`, body);

describe('to-dos of people', () => {
  test('are made, changed, done and listed', async () => {
    const { sandbox, unionId, userId, asked } = await open();
    const made = await create(sandbox, unionId, asked);
    expect(made).toMatchObject({ status: 200, body: { sourceId: 'one', done: false, creatorId: unionId } });
    const taskId = String(made.body.id);
    const changed = await update(sandbox, unionId, taskId, { subject: '1 to fix', done: true });
    expect(changed).toEqual({ status: 200, body: { result: true } });
    const all = await sandbox.control('GET', `/users/${userId}/todos`);
    expect(all.body).toMatchObject([{ taskId, subject: '1 to fix', dueTime: DUE, done: true, changes: 1 }]);
    const listed = async (isDone: boolean) =>
      (await query(sandbox, unionId, { isDone, roleTypes: [['executor']] })).body.todoCards;
    expect(await listed(false)).toEqual([]);
    expect(await listed(true)).toMatchObject([{ taskId, sourceId: 'one', isDone: true }]);
  });

  test('one name is one to-do, also once that is done', async () => {
    const { sandbox, unionId, asked } = await open();
    const taskId = String((await create(sandbox, unionId, asked)).body.id);
    await update(sandbox, unionId, taskId, { done: true });
    const again = await create(sandbox, unionId, asked);
    expect(again).toMatchObject({ status: 400, body: { code: 'todo.taskCreate.paramError', message: 'task exist' } });
  });

  test('a long list has pages', async () => {
    const { sandbox, unionId, asked } = await open();
    for (let n = 0; n < 11; n += 1) await create(sandbox, unionId, { ...asked, sourceId: `n${n}` });
    const { body: first } = await query(sandbox, unionId, {});
    const { body: second } = await query(sandbox, unionId, { nextToken: first.nextToken });
    expect([first.todoCards, second.todoCards].map((cards) => (cards as unknown[]).length)).toEqual([10, 1]);
    expect(second.nextToken).toBeUndefined();
    const wrong = await query(sandbox, unionId, { nextToken: 'x' });
    expect(wrong).toMatchObject({ status: 400, body: { message: 'nextToken is invalid' } });
  });

  test.each([
    ['no subject', { subject: '' }, 'todo.taskCreate.paramError'],
    ['a subject too long', { subject: 'x'.repeat(1025) }, 'subject is oversize'],
    ['a description too long', { description: 'x'.repeat(4097) }, 'description is oversize'],
    ['no page that it opens', { detailUrl: undefined }, 'todo.taskCreate.paramError'],
    ['an address too long', { detailUrl: { ...PAGE, appUrl: 'x'.repeat(1025) } }, 'todo.taskCreate.paramError'],
    ['a time that is none', { dueTime: -1 }, 'dueTime is invalid'],
    ['too many people', { executorIds: Array.from({ length: 1001 }, () => 'x') }, 'executors is oversize'],
    ['somebody unknown', { executorIds: ['nobody'] }, 'todo.taskCreate.paramError'],
    ['another as its maker', { creatorId: 'other' }, 'todo.taskCreate.paramError'],
    ['a priority that is none', { priority: 15 }, 'todo.taskCreate.paramError'],
  ])('are refused with %s', async (_, wrong, message) => {
    const { sandbox, unionId, asked } = await open();
    const refused = await create(sandbox, unionId, { ...asked, ...wrong });
    expect(refused).toMatchObject({ status: 400, body: { code: 'todo.taskCreate.paramError', message } });
  });

  test('nobody outside the organisation has one, and none is changed that is not there or another app’s', async () => {
    const { sandbox, unionId, outside, asked } = await open();
    const ofOutside = await create(sandbox, outside.unionId, { ...asked, executorIds: [outside.unionId] });
    expect(ofOutside.status).toBe(400);
    const missing = await update(sandbox, unionId, 'task-none', { done: true });
    expect(missing.body).toMatchObject({ code: 'todo.taskUpdate.paramError', message: 'task not exist' });
    const taskId = String((await create(sandbox, unionId, asked)).body.id);
    await sandbox.control('POST', '/apps', { clientId: 'other', clientSecret: 'other' });
    const other = { appKey: 'other', appSecret: 'other' };
    const { accessToken } = (await sandbox.ask('POST', '/v1.0/oauth2/accessToken', other)).body;
    const path = `/v1.0/todo/users/${unionId}/tasks/${taskId}`;
    const foreign = await sandbox.api('PUT', path, { done: true }, String(accessToken));
    expect(foreign.body).toMatchObject({ message: 'task not belong to bizTag' });
  });
});
