import { describe, expect, test } from 'vitest';
import type { RenderedInput, RenderedNode } from '../../src/protocol/rendered.ts';
import { drawn } from '../support/drawn.ts';
import { bindingTo, node, text, variable } from '../support/template.ts';

const inputOf = (nodes: readonly RenderedNode[]): RenderedInput | undefined =>
  nodes.flatMap((one) => (one.kind === 'input' ? [one.input] : []))[0];
const setsLocal = (name: string) => ({ actionType: 'setLocalState', localVarAction: variable(name) });
const asks = { actionType: 'request', params: [{ type: 'fixed', name: 'at', value: 'x', variable: '' }] };

describe('a text', () => {
  const props = {
    id: 'name',
    title: text('Name'),
    placeholder: text('Type'),
    message: text('Your name'),
    currentValue: text('{kept}'),
  };

  test('shows what the client holds before what the card holds', () => {
    const input = node('Input', { ...props, ...setsLocal('here') });
    const locals = [{ name: 'here', type: 'string' }];
    const around = { locals, data: { kept: 'old' } };
    expect(inputOf(drawn([input], around))).toEqual({
      type: 'text',
      label: 'Name',
      placeholder: 'Type',
      message: 'Your name',
      value: 'old',
      disabled: false,
      inline: false,
      multiline: false,
      target: { kind: 'local', target: { variable: 'here' } },
    });
    expect(inputOf(drawn([input], { ...around, local: { here: 'new' } }))).toMatchObject({ value: 'new' });
  });

  test('goes with a request under its id, or into one key of an object; a status turns it off', () => {
    expect(inputOf(drawn([node('Input', { ...props, ...asks })]))).toMatchObject({
      target: { kind: 'request', actionId: 'name', name: 'name', params: { at: 'x' } },
    });
    const inObject = { ...setsLocal('all'), keyOfDynamicObject: text('phone'), inlineMode: true, textArea: true };
    const locals = [{ name: 'all', type: 'dynamicObject' }];
    const disabled = { status: bindingTo('state') };
    const nodes = drawn([node('Input', { ...props, ...inObject, ...disabled })], {
      locals,
      local: { all: { phone: '081' } },
      data: { state: 'disabled' },
    });
    expect(inputOf(nodes)).toMatchObject({
      value: '081',
      inline: true,
      multiline: true,
      disabled: true,
      target: { kind: 'local', target: { variable: 'all', key: 'phone' } },
    });
  });
});

describe('a choice of a list', () => {
  const options = [
    { label: text('One'), value: text('1') },
    { label: text('Two'), value: text('2') },
  ];

  test('one: the place that the card says, then the one that was chosen', () => {
    const select = node('SelectBlock', {
      ...setsLocal('here'),
      placeholder: text('Choose'),
      options,
      currentIndex: bindingTo('at', 'dynamicNumber'),
    });
    const around = { locals: [{ name: 'here', type: 'object' }], types: { at: 'number' } };
    const shown = (at: number, local = {}) => inputOf(drawn([select], { ...around, data: { at }, local }));
    expect(shown(-1)).toMatchObject({
      many: false,
      chosen: [],
      options: [{ text: 'One', value: '1' }, { text: 'Two' }],
    });
    expect(shown(1)).toMatchObject({ chosen: [1] });
    expect(shown(1, { here: { index: 0, value: '1' } })).toMatchObject({ chosen: [0] });
  });

  test('several, with the options of a variable in several languages', () => {
    const select = node('MultiSelectBlock', {
      ...asks,
      id: text('{id}'),
      options: bindingTo('list', 'dynamicSelectOptions'),
      currentIndexes: variable('places'),
    });
    const nodes = drawn([select], {
      types: { list: 'selectOptions', places: 'numberArray' },
      data: {
        id: 'many',
        list: [
          { value: 1, text: { zh_CN: '一', en_US: 'One' } },
          { value: 2, text: 'Two' },
        ],
        places: [1, 9],
      },
    });
    expect(inputOf(nodes)).toMatchObject({
      many: true,
      chosen: [1],
      options: [
        { text: '一', value: 1 },
        { text: 'Two', value: 2 },
      ],
      target: { kind: 'request', actionId: 'many', name: 'many' },
    });
  });
});

test('a date says which control and how it is written', () => {
  const date = node('DatePickerBlock', {
    ...setsLocal('here'),
    pickerType: 'datetime',
    format: text('yyyy-MM-dd HH:mm'),
    currentDate: text('{at}'),
    placeholder: text('When'),
  });
  const nodes = drawn([date], { locals: [{ name: 'here', type: 'string' }], data: { at: '2026-11-26 10:00' } });
  expect(inputOf(nodes)).toMatchObject({
    type: 'date',
    picker: 'datetime',
    format: 'yyyy-MM-dd HH:mm',
    value: '2026-11-26 10:00',
    label: 'When',
  });
});

describe('boxes', () => {
  const items = [
    { value: 1, text: 'One', checked: true },
    { value: 2, text: 'Two' },
  ];

  test('a Checkbox is called by the words beside it, and turns its local variable round', () => {
    const box = node('Checkbox', { ...setsLocal('yes'), checked: variable('yes') });
    const row = node('Grid', { direction: 'horizontal' }, [box, node('BaseText', { text: text('I agree') })]);
    const [drawnRow] = drawn([row], { locals: [{ name: 'yes', type: 'boolean' }], local: { yes: true } });
    const cells = drawnRow?.kind === 'row' ? drawnRow.cells : [];
    expect(inputOf(cells.flatMap((cell) => cell.nodes))).toEqual({
      type: 'tick',
      label: 'I agree',
      checked: true,
      disabled: false,
      target: { kind: 'local', target: { variable: 'yes' } },
    });
  });

  test('a Checkbox is ticked by what its own variable holds, not by the one that a tap turns round', () => {
    const ofItem = { ...variable('items[0].checked', 'loop'), varType: 'boolean' };
    const loop = node('Loop', { listData: variable('items') }, [
      node('Checkbox', { ...setsLocal('yes'), checked: ofItem }),
    ]);
    const ticks = drawn([loop], {
      locals: [{ name: 'yes', type: 'boolean' }],
      local: { yes: true },
      types: { items: 'loopArray' },
      data: { items },
    }).map((one) => (one.kind === 'input' && one.input.type === 'tick' ? one.input.checked : one));
    expect(ticks).toEqual([true, false]);
  });

  test('a Checkbox that asks says nothing of its state', () => {
    expect(
      inputOf(drawn([node('Checkbox', { ...asks, disabled: { valueType: 'fixed', value: true } })])),
    ).toMatchObject({
      disabled: true,
      target: { kind: 'request', params: { at: 'x' }, name: undefined },
    });
  });

  test.each([
    ['CheckboxList', 2, [false, true]],
    ['CheckboxListMulti', [1, 2], [true, true]],
  ])('%s: chosen is what the client holds, at first nothing', (name, local, checked) => {
    const list = node(
      name,
      {
        ...setsLocal('here'),
        listData: { variable: 'items' },
        updateVarValue: { ...variable('items[0].value', 'loop') },
      },
      [node('BaseText', { text: text('{loop.text}') })],
    );
    const around = { locals: [{ name: 'here', type: 'number' }], types: { items: 'loopArray' }, data: { items } };
    const shown = (values = {}) => {
      const input = inputOf(drawn([list], { ...around, local: values }));
      return input?.type === 'list' ? input.items : [];
    };
    expect(shown()).toMatchObject([
      { value: 1, text: 'One', checked: false },
      { value: 2, text: 'Two', checked: false },
    ]);
    expect(shown({ here: local }).map((item) => item.checked)).toEqual(checked);
  });

  test('a list whose taps ask shows what its items hold', () => {
    const list = node('CheckboxList', { ...asks, listData: { variable: 'items' } });
    const input = inputOf(drawn([list], { types: { items: 'loopArray' }, data: { items } }));
    expect(input).toMatchObject({ items: [{ checked: true }, { checked: false }] });
  });

  test('words to tap', () => {
    const tags = node('CheckableTags', {
      actionType: 'setLocalState',
      localVariable: variable('why'),
      tags: { type: 'DynamicList', valueType: 'fixed', value: [{ label: text('Slow'), value: text('slow') }] },
    });
    const nodes = drawn([tags], { locals: [{ name: 'why', type: 'stringArray' }], local: { why: ['slow'] } });
    expect(inputOf(nodes)).toMatchObject({
      look: 'tags',
      many: true,
      items: [{ text: 'Slow', value: 'slow', checked: true }],
      target: { kind: 'local', target: { variable: 'why' } },
    });
  });
});
