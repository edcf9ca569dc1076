import { expect, test } from 'vitest';
import { viewOf } from '../../src/template/view.ts';
import { drawn } from '../support/drawn.ts';
import { node, variable } from '../support/template.ts';

const TABLE = { ...node('Table', { data: variable('table') }), id: 'node_table' };
const table = (data: object[], meta: object[]) =>
  drawn([TABLE], { types: { table: 'table' }, data: { table: { data, meta } } });
const column = (alias: string, dataType: string) => ({ alias, aliasName: alias, dataType });

test('the cells of a table are of the four types that its columns name', () => {
  const meta = [
    column('uv', 'STRING'),
    column('app', 'MICROAPP'),
    column('about', 'OBJECT'),
    column('action', 'BUTTON'),
  ];
  const row = {
    uv: 3,
    app: { icon: '@logo', name: 'Log' },
    about: { value: 'Read', url: 'https://x.example/' },
    action: { id: '1', text: 'Open', url: 'https://y.example/' },
  };
  const size = { width: 30, height: 30, round: false };
  expect(table([row], meta)).toEqual([
    {
      kind: 'table',
      columns: ['uv', 'app', 'about', 'action'],
      rows: [
        [
          '3',
          { text: 'Log', sign: { kind: 'image', url: '/media/@logo', alt: '', size } },
          { text: 'Read', event: { kind: 'link', url: 'https://x.example/' } },
          { button: { label: 'Open', disabled: false, actionId: '', params: {}, url: 'https://y.example/' } },
        ],
      ],
    },
  ]);
});

test('a cell with `request` calls back with its row and its column, under the id of the table', () => {
  const meta = [column('rank', 'OBJECT'), column('action', 'BUTTON')];
  const row = {
    rank: { value: 1, request: true },
    action: { id: '3', text: 'Ask', request: true, color: 'red', status: 'normal' },
  };
  const [drawnTable] = table([row], meta);
  expect(drawnTable).toMatchObject({
    rows: [
      [
        {
          text: '1',
          event: { kind: 'request', actionId: 'node_table', params: { row, column: column('rank', 'OBJECT') } },
        },
        {
          button: {
            label: 'Ask',
            color: 'red',
            actionId: 'node_table',
            params: { row, column: column('action', 'BUTTON') },
          },
        },
      ],
    ],
  });
});

test('a disabled button of a table cannot be tapped, and a view tells of all', () => {
  const off = { text: 'Off', status: 'disabled', url: 'https://x.example/' };
  const nodes = table([{ n: { value: 'a' }, action: off }], [column('n', 'OBJECT'), column('action', 'BUTTON')]);
  const view = viewOf(nodes);
  expect(view.texts).toEqual(['n | action', 'a | Off']);
  expect(view.buttons).toMatchObject([{ label: 'Off', disabled: true }]);
});
