import { copyFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startSandbox } from '../src/index.ts';
import type { Entry } from '../src/protocol/page-protocol.ts';
import { aCard, aFolder, aSandbox, silent, type TestSandbox } from './support/sandbox.ts';
import { aStream } from './support/stream.ts';

/** What `kill -9` would leave at this moment: the files as they are, while the sandbox goes on. */
async function asIfKilled(sandbox: TestSandbox): Promise<string> {
  const left = await aFolder('killed');
  for (const name of await readdir(sandbox.dataDir)) {
    if (!name.endsWith('-shm')) await copyFile(join(sandbox.dataDir, name), join(left, name));
  }
  return left;
}

test('nothing that was answered is lost when the sandbox is killed', async () => {
  const sandbox = await aSandbox();
  const form = new FormData();
  form.append('from', 'staff1');
  form.append('picture', new Blob(['JPEG']), 'a.jpg');
  await sandbox.control('POST', '/messages', form);
  await sandbox.api('POST', '/v1.0/card/instances/createAndDeliver', aCard('c1', 'staff1', { title: 'One' }));
  const byKey = { cardUpdateOptions: { updateCardDataByKey: true }, cardData: { cardParamMap: { tag: 'two' } } };
  await sandbox.api('PUT', '/v1.0/card/instances', { outTrackId: 'c1', ...byKey });
  await sandbox.control('POST', '/users', { userId: 'p1', name: 'Somsak', mobile: '+66-800000001' });
  const token = await sandbox.demoToken();
  const before = (await sandbox.control<Entry[]>('GET', '/conversations/staff1')).body;
  const stats = (await sandbox.control('GET', '/stats?userId=staff1')).body;

  const after = await aSandbox({ dataDir: await asIfKilled(sandbox) });
  expect((await after.control('GET', '/conversations/staff1')).body).toEqual(before);
  expect((await after.control('GET', '/stats?userId=staff1')).body).toEqual(stats);
  expect((await after.control<unknown[]>('GET', '/users')).body).toHaveLength(5);
  expect(await after.demoToken()).toBe(token);
  const file = await fetch(`${after.url}/sandbox/api/files/${before[0]?.files?.[0]?.downloadCode}`);
  expect(await file.text()).toBe('JPEG');
  await after.control('POST', '/messages', { from: 'staff1', text: 'more' });
  const [more] = (await after.control<Entry[]>('GET', `/conversations/staff1?after=${before.at(-1)?.seq}`)).body;
  expect(more).toMatchObject({ text: 'more', pos: 3 });
});

test('what was not acknowledged is pushed again when the app is back, in order', async () => {
  const sandbox = await aSandbox();
  const stream = await aStream(sandbox, (frame) =>
    (frame.data.text as { content: string }).content === 'kept' ? { data: { response: null } } : undefined,
  );
  for (const text of ['kept', 'one', 'two']) await sandbox.control('POST', '/messages', { from: 'staff1', text });
  const sent = await stream.received(3);
  await sandbox.control('POST', '/idle');
  const after = await aSandbox({ dataDir: await asIfKilled(sandbox) });
  const again = await aStream(after);
  expect((await again.received(2)).map(({ data }) => data.msgId)).toEqual(sent.slice(1).map(({ data }) => data.msgId));
  await after.control('POST', '/idle');
  await after.control('POST', '/clock', { advanceMs: 600_000 });
  expect(again.frames).toHaveLength(2);
});

test('a clean stop and a new start continue, the clock where it stood', async () => {
  const sandbox = await aSandbox();
  await sandbox.control('POST', '/messages', { from: 'staff1', text: 'hi' });
  await sandbox.control('POST', '/clock', { advanceMs: 86_400_000 });
  await sandbox.close();
  const templateFile = join(sandbox.dataDir, 'template.json');
  const again = await startSandbox({ port: 0, dataDir: sandbox.dataDir, templateFile, log: silent });
  const { now } = (await (await fetch(`${again.url}/sandbox/api/clock`)).json()) as { now: number };
  expect(now - Date.now()).toBeGreaterThan(86_000_000);
  await again.close();
});

test('a folder in use, a file in the way, a missing template: each by its name', async () => {
  const sandbox = await aSandbox();
  const { dataDir } = sandbox;
  const templateFile = join(dataDir, 'template.json');
  const start = (change: object) => startSandbox({ port: 0, dataDir, templateFile, log: silent, ...change });
  await expect(start({})).rejects.toMatchObject({ code: 'folder.locked', details: { say: expect.any(String) } });
  await expect(start({ dataDir: templateFile })).rejects.toMatchObject({ code: 'folder.unwritable' });
  await expect(start({ templateFile: join(dataDir, 'none') })).rejects.toMatchObject({ code: 'config.invalid' });
  const port = Number(new URL(sandbox.url).port);
  const other = await aFolder('other');
  await expect(start({ dataDir: other, port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
});
