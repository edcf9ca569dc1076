import { describe, expect, test } from 'vitest';
import type { RenderedNode } from '../../src/protocol/rendered.ts';
import { drawn } from '../support/drawn.ts';
import { bindingTo, node, text, variable, visibleWhen } from '../support/template.ts';

const words = (content: string) => node('BaseText', { text: text(content) });
const said = (content: string): RenderedNode => ({ kind: 'text', text: content, small: false });

describe('a Grid', () => {
  test('lays out sideways, each cell as wide as the template says', () => {
    const column = (props: object, content: string) =>
      node('Grid', { direction: 'vertical', ...props }, [words(content)]);
    const row = node('Grid', { direction: 'horizontal' }, [
      column({ isFixedWidth: true, width: 16 }, 'a'),
      column({ isAutoWidth: true }, 'b'),
      column({ enableColSpan: true, colSpan: 2 }, 'c'),
      column({}, ''),
      words('d'),
    ]);
    expect(drawn([row])).toEqual([
      {
        kind: 'row',
        cells: [
          { nodes: [said('a')], width: 16 },
          { nodes: [said('b')], width: 'content' },
          { nodes: [said('c')], width: 'share', span: 2 },
          { nodes: [said('d')], width: 'content' },
        ],
      },
    ]);
  });

  test('a text that is not as wide as its words takes what is left of the row', () => {
    const row = node('Grid', { direction: 'horizontal' }, [
      node('BaseText', { text: text('a'), autoWidth: true }),
      node('BaseText', { text: text('b'), autoWidth: false }),
    ]);
    const cells = drawn([row]).flatMap((one) => (one.kind === 'row' ? one.cells : []));
    expect(cells.map(({ width }) => width)).toEqual(['content', 'share']);
  });

  test('downwards it is as if it were not there, unless it is coloured or tapped', () => {
    expect(drawn([node('Grid', { direction: 'vertical' }, [words('a'), words('b')])])).toEqual([said('a'), said('b')]);
    expect(drawn([node('Grid', { hasBackground: true }, [words('a')])])).toEqual([
      { kind: 'box', nodes: [said('a')], shaded: true },
    ]);
    const tapped = { actionType: 'request', params: [{ type: 'variable', name: 'uid', variable: 'uid' }] };
    const [box] = drawn([node('Grid', tapped, [words('Leave')])], { data: { uid: 'u1' } });
    expect(box).toMatchObject({ kind: 'box', event: { kind: 'request', params: { uid: 'u1' } } });
    expect(drawn([node('Grid', { ...tapped, enableClickEvent: false }, [words('Stay')])])).toEqual([said('Stay')]);
  });

  test('a thin coloured one without anything in it is a line', () => {
    expect(drawn([node('Grid', { hasBackground: true, height: 3 })])).toEqual([{ kind: 'divider' }]);
  });
});

test('a GridLayout puts the items of its list in columns', () => {
  const layout = node('GridLayout', { listData: variable('list'), columnCount: 2 }, [words('{loop.n}')]);
  expect(drawn([layout], { types: { list: 'loopArray' }, data: { list: [{ n: 'a' }, { n: 'b' }] } })).toEqual([
    {
      kind: 'row',
      columns: 2,
      cells: [
        { nodes: [said('a')], width: 'share' },
        { nodes: [said('b')], width: 'share' },
      ],
    },
  ]);
});

test('a CollapsePanel keeps what it hides', () => {
  const panel = node('CollapsePanel', { id: text('More'), title: text('More'), contentVisible: false }, [words('a')]);
  expect(drawn([panel])).toEqual([{ kind: 'panel', id: 'More', title: 'More', open: false, nodes: [said('a')] }]);
});

test('a StdCard has its title and tag in its own props', () => {
  const card = node('StdCard', {
    cardName: text('{t}'),
    tagText: text('New'),
    tagColor: { valueType: 'fixed', value: 'blue' },
  });
  expect(drawn([card], { data: { t: 'Hello' } })).toEqual([
    { kind: 'header', title: 'Hello' },
    { kind: 'tag', text: 'New', color: 'blue' },
  ]);
});

describe('a card with a link of its own', () => {
  const link = { type: 'dynamicLink', valueType: 'variable', variable: 'more' };
  const url = 'https://x.example/';
  const root = (props: object, more = url) => {
    const inside = [words('a'), node('CardHeaderV2', { title: text('Hi') })];
    return drawn([node('StdCard', { cardName: text(''), actionType: 'url', url: link, ...props }, inside)], {
      data: { more },
    });
  };

  test('is tapped as a whole while its condition holds and there is an address', () => {
    const event = { kind: 'link', url };
    expect(root({})).toMatchObject([{ kind: 'box', shaded: false, event }]);
    expect(root({ linkCondition: visibleWhen('isEmpty', 'more', '') })).toMatchObject([{ kind: 'text' }, {}]);
    expect(root({ enableClickEvent: false })).toMatchObject([{ kind: 'text' }, {}]);
    expect(root({}, '')).toMatchObject([{ kind: 'text' }, {}]);
  });

  test('one without an event of its kind opens the address it has', () => {
    expect(root({ actionType: undefined })).toMatchObject([{ kind: 'box', event: { kind: 'link', url } }]);
  });
});

describe('signs', () => {
  const logo = { kind: 'image', url: '/media/@logo', alt: '', size: { width: 16, height: 16, round: false } };
  const iconFont = { type: 'icon', icon: 'icon_accept', iconType: 'ddIcon' };
  const fixedLink = { type: 'dynamicLink', valueType: 'fixed', value: '@logo' };

  test('a title has the picture before it that its card names', () => {
    const picture = { type: 'image', url: '@logo' };
    expect(drawn([node('CardHeaderV2', { title: text('Hi'), icon: picture })])).toEqual([
      { kind: 'header', title: 'Hi', sign: logo },
    ]);
    expect(drawn([node('StdCard', { cardName: text('Hi'), cardIcon: picture })])).toEqual([
      { kind: 'header', title: 'Hi', sign: logo },
    ]);
    expect(drawn([node('CardHeaderV2', { title: text('Hi'), icon: { type: 'image', url: '' } })])).toEqual([
      { kind: 'header', title: 'Hi' },
    ]);
  });

  test('a text has a picture or an icon before it where it is turned on', () => {
    const props = { text: text('Hi'), icon: fixedLink, iconFont };
    const signs = drawn([
      node('BaseText', { ...props, enableIcon: true, iconType: 'image' }),
      node('BaseText', { ...props, enableIcon: true, iconType: 'iconCode' }),
      node('BaseText', { ...props, enableIcon: false, iconType: 'image' }),
      node('BaseTextBlock', props),
    ]).map((one) => (one.kind === 'text' ? one.sign : one));
    expect(signs).toEqual([logo, { kind: 'icon', name: 'icon_accept' }, undefined, undefined]);
  });
});

test('a text stands left, in the middle or right', () => {
  const at = (gravity: string) => node('BaseText', { text: text('Hi'), gravity });
  expect(drawn([at('left'), at('center'), at('right')])).toEqual([
    said('Hi'),
    { ...said('Hi'), align: 'center' },
    { ...said('Hi'), align: 'right' },
  ]);
});

describe('pictures', () => {
  test('a fixed one has its size, one as wide as the card has none', () => {
    const image = (props: object) => node('Image', { images: { valueType: 'fixed', value: '@a' }, ...props });
    const sizes = drawn([
      image({ width: 16, height: 16 }),
      image({ width: { valueType: 'full', full: true, value: 100 }, height: 180, imageType: 'fixedSize' }),
      image({ width: 50, imageType: 'adaptiveSize' }),
    ]).map((one) => (one.kind === 'image' ? one.size : one));
    expect(sizes).toEqual([{ width: 16, height: 16, round: false }, undefined, undefined]);
  });

  test('an Avatar is round, and a name where there is no picture', () => {
    const avatar = node('Avatar', { imageUrl: bindingTo('face', 'dynamicImage'), name: text('Nok'), size: 'small' });
    const round = { width: 24, height: 24, round: true };
    expect(drawn([avatar])).toEqual([{ kind: 'image', url: '', alt: 'Nok', size: round }]);
    expect(drawn([avatar], { data: { face: '@f' } })).toEqual([
      { kind: 'image', url: '/media/@f', alt: 'Nok', size: round },
    ]);
  });

  test('an Icon is its name', () => {
    const icon = { type: 'icon', icon: 'icon_accept', iconType: 'ddIcon' };
    const bound = { type: 'dynamicIcon', valueType: 'fixed', value: icon };
    expect(drawn([node('Icon', { icon }), node('Icon', { icon: bound })])).toEqual([
      { kind: 'icon', name: 'icon_accept' },
      { kind: 'icon', name: 'icon_accept' },
    ]);
  });
});

describe('an AI card', () => {
  const state = (status: number, ...inside: unknown[]) =>
    node('AICardStatusContainer', { status }, [node('AICardContent', {}, inside)]);
  const content = (isStreaming: boolean) => node('MarkdownBlock', { isStreaming, content: variable('content') });
  const card = node('AICardContainer', { flowStatusVar: variable('flowStatus') }, [
    state(1, node('AIPending', { pendingTip: text('Working…') })),
    state(2, content(true)),
    state(
      3,
      content(false),
      node('Feedback', { enableCopy: true, copyVariable: variable('content') }, [node('AIGenerationProcessing')]),
    ),
  ]);

  test.each([
    [undefined, [{ kind: 'pending', text: 'Working…' }]],
    ['2', [{ kind: 'markdown', markdown: 'Hi', streaming: true }]],
    [
      '3',
      [
        { kind: 'markdown', markdown: 'Hi' },
        { kind: 'feedback', copies: 'Hi' },
      ],
    ],
    ['5', [{ kind: 'unknown', componentName: 'AICardContainer', problem: 'it has no state 5' }]],
  ])('shows the part of its state %s', (flowStatus, expected) => {
    const data = flowStatus === undefined ? { content: 'Hi' } : { content: 'Hi', flowStatus };
    expect(drawn([card], { data })).toEqual(expected);
  });
});

test('a component that is not known says so wherever it stands', () => {
  const row = node('Grid', { direction: 'horizontal' }, [node('Countdown')]);
  expect(drawn([row, node('Video')])).toEqual([
    { kind: 'row', cells: [{ nodes: [{ kind: 'unknown', componentName: 'Countdown' }], width: 'content' }] },
    { kind: 'unknown', componentName: 'Video' },
  ]);
});
