import { expect, test } from 'vitest';
import { AI_ID, AI_TEMPLATE } from './support/ai-template.ts';
import { aCard, aSandbox } from './support/sandbox.ts';

async function aiCard() {
  const sandbox = await aSandbox();
  await sandbox.control('POST', '/templates', { templateId: AI_ID, template: AI_TEMPLATE });
  await sandbox.api(
    'POST',
    '/v1.0/card/instances/createAndDeliver',
    aCard('c1', 'staff1', { content: '' }, { cardTemplateId: AI_ID }),
  );
  let calls = 0;
  const stream = (more: object) =>
    sandbox.api('PUT', '/v1.0/card/streaming', { outTrackId: 'c1', guid: `g${++calls}`, key: 'content', ...more });
  const nodes = async () => (await sandbox.control('GET', '/cards/c1?viewer=staff1')).body.nodes;
  return { ...sandbox, stream, nodes };
}

test('an AI card goes from at work over being written to finished', async () => {
  const { stream, nodes } = await aiCard();
  expect(await nodes()).toEqual([{ kind: 'pending', text: 'Working…' }]);
  const begun = await stream({ content: '', isFull: true, isFinalize: false, isError: false });
  expect(begun).toEqual({ status: 200, body: { success: true, result: true } });
  expect(await nodes()).toEqual([]);
  await stream({ content: '# Hi', isFull: true });
  expect(await nodes()).toEqual([{ kind: 'markdown', markdown: '# Hi', streaming: true }]);
  await stream({ content: '# Hi there', isFull: true, isFinalize: true });
  expect(await nodes()).toEqual([{ kind: 'markdown', markdown: '# Hi there' }]);
});

test('an error ends it', async () => {
  const { stream, nodes } = await aiCard();
  await stream({ content: '', isFull: true, isError: true });
  expect(await nodes()).toEqual([{ kind: 'text', text: 'It failed', small: false }]);
});

test('a text grows by what is sent, once a guid; markdown is sent in full', async () => {
  const { stream, nodes } = await aiCard();
  await stream({ key: 'aside', content: 'one ' });
  await stream({ key: 'aside', content: 'two', guid: 'same' });
  await stream({ key: 'aside', content: 'two', guid: 'same' });
  expect(await nodes()).toEqual([{ kind: 'text', text: 'one two', small: false }]);
  expect((await stream({ content: 'more' })).body).toMatchObject({
    code: 'param.stream.isFull',
  });
});

test.each([
  [{ outTrackId: '' }, 'param.stream.outTrackId'],
  [{ guid: '' }, 'param.stream.guidEmpty'],
  [{ key: '' }, 'param.stream.keyEmpty'],
  [{ content: undefined }, 'param.stream.contentEmpty'],
  [{ content: 7 }, 'param.invalid'],
  [{ outTrackId: 'none' }, 'param.cardNotExist'],
])('what is missing or wrong is refused by name: %o', async (wrong, code) => {
  const { stream } = await aiCard();
  expect(await stream({ content: 'x', isFull: true, ...wrong })).toMatchObject({ status: 400, body: { code } });
});
