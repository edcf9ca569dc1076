import { expect, test } from 'vitest';
import { aCard, aSandbox } from './support/sandbox.ts';

async function sent(cardTemplateId: string, params: Record<string, string>) {
  const sandbox = await aSandbox();
  const card = aCard('c1', 'staff1', params, { cardTemplateId });
  expect(await sandbox.api('POST', '/v1.0/card/instances/createAndDeliver', card)).toMatchObject({ status: 200 });
  return (await sandbox.control('GET', '/cards/c1?viewer=staff1')).body;
}

test("the SDKs' Markdown card is drawn, with a title where there is one", async () => {
  const id = '589420e2-c1e2-46ef-a5ed-b8728e654da9.schema';
  expect((await sent(id, { markdown: '**Hi**' })).nodes).toEqual([{ kind: 'markdown', markdown: '**Hi**' }]);
  expect((await sent(id, { markdown: '**Hi**', title: 'Note' })).view).toMatchObject({ texts: ['Note', '**Hi**'] });
});

test('its buttons ask or lead somewhere, each as it says', async () => {
  const buttons = [
    { text: 'Ask', color: 'blue', id: 'b1', request: true },
    { text: 'Read', color: 'gray', url: 'https://x.example/', iosUrl: 'https://x.example/' },
  ];
  const params = { markdown: 'Hi', tips: 'A tip', sys_full_json_obj: JSON.stringify({ msgButtons: buttons }) };
  expect((await sent('1366a1eb-bc54-4859-ac88-517c56a9acb1.schema', params)).view).toMatchObject({
    texts: ['Hi', 'A tip'],
    buttons: [
      { label: 'Ask', color: 'blue', actionId: 'b1' },
      { label: 'Read', color: 'gray', url: 'https://x.example/' },
    ],
  });
});
