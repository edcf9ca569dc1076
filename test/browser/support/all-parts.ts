import {
  bindingTo,
  exported,
  node,
  text,
  variable,
  visibleWhen,
} from '../../../packages/dingtalk-sandbox/test/support/template.ts';

const local = (name: string, varType: string) => ({
  actionType: 'setLocalState',
  localVarAction: { ...variable(name), varType },
});
const words = (content: string) => node('BaseText', { text: text(content) });
const param = (name: string) => ({ type: 'variable', name, variable: name, variableType: 'global', value: '' });
const fixedParam = (name: string, value: string) => ({ type: 'fixed', name, value, variable: '' });
const options = ['One', 'Two', 'Three'].map((label, index) => ({ label: text(label), value: text(String(index + 1)) }));
const toast = (content: string) => ({ event: { actionType: 'toast', toastContent: text(content), toastType: 1 } });

const inputs = [
  node('Input', {
    id: 'name',
    title: text('Name'),
    message: text('As on the sign'),
    placeholder: text('Type a name'),
    currentValue: text('{kept}'),
    ...local('localName', 'string'),
  }),
  node('Input', {
    id: 'phone',
    title: text('Phone'),
    placeholder: text('Type a phone'),
    inlineMode: true,
    keyOfDynamicObject: text('phone'),
    ...local('localContact', 'dynamicObject'),
  }),
  node('SelectBlock', { placeholder: text('Choose one'), options, ...local('localOne', 'object') }),
  node('MultiSelectBlock', { placeholder: text('Choose some'), options, ...local('localSome', 'object') }),
  node('DatePickerBlock', {
    pickerType: 'datetime',
    format: text('yyyy-MM-dd HH:mm'),
    placeholder: text('When'),
    ...local('localWhen', 'string'),
  }),
  node('Grid', { direction: 'horizontal' }, [
    node('Checkbox', { checked: variable('localAgree'), ...local('localAgree', 'boolean') }),
    words('I agree'),
  ]),
  node(
    'CheckboxListMulti',
    {
      listData: { variable: 'items' },
      updateVarValue: { ...variable('items[0].value', 'loop') },
      ...local('localItems', 'numberArray'),
    },
    [words('{loop.text}')],
  ),
  node('CheckableTags', {
    actionType: 'setLocalState',
    localVariable: variable('localWhy'),
    tags: { valueType: 'fixed', value: [{ label: text('Slow'), value: text('slow') }] },
  }),
  node('BaseText', { text: text('Hello {greeting}'), visible: visibleWhen('isNotEmpty', 'localName', '') }),
];

const submitted = [
  'localName',
  'localContact',
  'localOne',
  'localSome',
  'localWhen',
  'localAgree',
  'localItems',
  'localWhy',
];

const events = [
  {
    event: { actionType: 'request', actionId: text('link'), params: [fixedParam('var', 'url')] },
    callbacks: {
      success: {
        condition: {
          op: 'and',
          conditions: [
            { type: 'eventData', eventData: 'cardData.state', op: 'equal', value: 'success', valueType: 'fixed' },
          ],
        },
        leftEvent: { event: { actionType: 'url', url: { valueType: 'eventData', eventData: 'cardData.url' } } },
        rightEvent: toast('{event.cardData.why}'),
      },
      failure: { leftEvent: toast('It failed') },
    },
  },
];

const menu = [
  {
    event: {
      actionType: 'select',
      selectOptions: {
        valueType: 'fixed',
        value: [
          { text: text('Ask'), value: '1' },
          { text: text('More'), value: '2' },
        ],
      },
    },
    callbacks: [
      [
        {
          event: { actionType: 'request', actionId: text('asked') },
          callbacks: { success: { leftEvent: toast('Asked') } },
        },
      ],
      [
        {
          event: { actionType: 'select', selectOptions: { valueType: 'fixed', value: [{ text: text('Deep') }] } },
          callbacks: [[toast('Deep it is')]],
        },
      ],
    ],
  },
];

const taps = [
  node('SingleButton', {
    text: text('Send it in'),
    color: { valueType: 'fixed', value: 'blue' },
    actionType: 'request',
    actionId: text('send'),
    params: submitted.map(param),
    successToast: text('Sent'),
    failureToast: text('{why}'),
    successCondition: {
      op: 'and',
      conditions: [{ type: 'variable', variable: 'state', op: 'equal', value: 'done', valueType: 'fixed' }],
    },
  }),
  node('SingleButton', { text: text('Open what comes'), actionType: 'eventChain', events }),
  node('SingleButton', { text: text('Menu'), actionType: 'eventChain', events: menu }),
  node('SingleButton', {
    text: text('Remove'),
    actionType: 'confirm',
    confirmTitle: text('Remove it?'),
    confirmMessage: text('It is gone then.'),
    confirmOkText: text('Yes'),
    confirmOkAction: 'request',
    confirmOkReqActionActionId: text('remove'),
    confirmCancelText: text('No'),
  }),
  node('Grid', { direction: 'horizontal' }, [
    node('Grid', { enableColSpan: true, colSpan: 2 }, [words('You take part')]),
    node('Grid', { actionType: 'request', actionId: text('leave'), params: [fixedParam('who', 'me')] }, [
      words('Leave'),
    ]),
  ]),
  node('CollapsePanel', { id: text('More'), title: text('More about it') }, [
    words('It was folded'),
    node(
      'Grid',
      {
        direction: 'horizontal',
        actionType: 'setLocalState',
        localVarAction: { ...variable('shown'), varType: 'number' },
        numberLocalValue: bindingTo('otherShown', 'dynamicNumber'),
      },
      [node('Icon', { icon: { type: 'icon', icon: 'icon_XDS_rightarrow' } }), words('Show the rest')],
    ),
    node('BaseText', { text: text('The rest'), visible: visibleWhen('equal', 'shown', '1') }),
  ]),
];

const looks = [
  node('Grid', { direction: 'horizontal' }, [
    node('Grid', { isFixedWidth: true, width: 16 }, [
      node('Image', { images: { valueType: 'fixed', value: '@lADPnone' }, width: 16, height: 16 }),
    ]),
    node('Avatar', { name: text('Nok'), size: 'small' }),
    words('A sign and a face'),
  ]),
  node('GridLayout', { listData: variable('figures'), columnCount: 2 }, [
    node('Grid', { hasBackground: true }, [words('{loop.name}'), words('{loop.count}')]),
  ]),
  node('Table', { data: variable('shops') }),
  node('Chart', { data: variable('visits') }),
  node('ButtonList', {
    direction: 'horizontal',
    buttons: {
      type: 'button',
      list: ['Refuse', 'Agree'].map((label) => ({
        text: text(label),
        color: { valueType: 'fixed', value: label === 'Agree' ? 'blue' : 'gray' },
        iconType: 'iconCode',
        iconFont: { type: 'icon', icon: label === 'Agree' ? 'icon_accept' : 'icon_refused' },
        actionType: 'request',
        actionId: text(label),
      })),
    },
  }),
  node('Input', { id: 'remark', title: text('Remark'), placeholder: text('Add a remark'), actionType: 'request' }),
  node('Countdown'),
];

/** A card with every part that DingTalk's builder has for things to fill in and to tap, in the builder's export format. */
export const ALL_PARTS = exported(
  node('Card', {}, [
    node('CardHeaderV2', { title: text('All parts'), icon: { type: 'image', url: '@lADPnone' } }),
    ...inputs,
    ...taps,
    ...looks,
  ]),
  [
    { name: 'items', type: 'loopArray' },
    { name: 'figures', type: 'loopArray' },
    { name: 'shops', type: 'table' },
    { name: 'visits', type: 'chart' },
  ],
  {
    locals: [...submitted.map((name) => ({ name, type: 'object' })), { name: 'shown', type: 'number' }],
    expressions: { greeting: 'localName ? localName : kept', otherShown: 'shown ? 0 : 1' },
  },
);

export const ALL_PARTS_ID = 'all-parts.schema';

export const ALL_PARTS_DATA = {
  kept: '',
  state: '',
  why: '',
  items: JSON.stringify([
    { value: 1, text: 'First' },
    { value: 2, text: 'Second' },
  ]),
  figures: JSON.stringify([
    { name: 'Shops seen', count: 3 },
    { name: 'Spots seen', count: 12 },
  ]),
  shops: JSON.stringify({
    meta: [
      { alias: 'shop', aliasName: 'Shop', dataType: 'MICROAPP' },
      { alias: 'about', aliasName: 'About', dataType: 'OBJECT' },
      { alias: 'go', aliasName: 'Do', dataType: 'BUTTON' },
    ],
    data: [
      {
        shop: { icon: '@lADPnone', name: 'Baan Coffee' },
        about: { value: 'Tell about it', request: true },
        go: { id: '1', text: 'Visit', request: true },
      },
    ],
  }),
  visits: JSON.stringify({
    type: 'lineChart',
    data: [
      { x: 'Mon', y: 3, type: 'Morning' },
      { x: 'Mon', y: 5, type: 'Evening' },
    ],
  }),
};
