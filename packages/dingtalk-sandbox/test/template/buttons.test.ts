import { describe, expect, test } from 'vitest';
import type { RenderedNode } from '../../src/protocol/rendered.ts';
import { viewOf } from '../../src/template/view.ts';
import { drawn } from '../support/drawn.ts';
import { bindingTo, node, text, variable, visibleWhen } from '../support/template.ts';

const fixed = (value: unknown, type = 'dynamicSelect') => ({ type, valueType: 'fixed', value, variable: '' });
const param = (name: string, value: string) => ({ type: 'fixed', name, value, variable: '', variableType: 'global' });
const ofLoop = (name: string) => ({ ...bindingTo(`buttons[0].${name}`), variableType: 'loop' });
const buttons = (nodes: readonly RenderedNode[]) => viewOf(nodes).buttons;

describe('buttons in a list of the template', () => {
  const agree = {
    text: text('Agree'),
    status: fixed('normal'),
    color: fixed('blue'),
    actionType: 'request',
    actionId: text('agree'),
    params: [param('action', 'agree')],
  };
  const done = { text: text('Done'), status: fixed('disabled'), actionType: 'url', url: fixed(''), id: 'done' };

  test('ButtonList has them in buttons.list, each with its own condition', () => {
    const refuse = { ...agree, text: text('Refuse'), visible: visibleWhen('equal', 'state', 'open') };
    const list = node('ButtonList', { buttons: { type: 'button', list: [agree, refuse, done] } });
    expect(buttons(drawn([list], { data: { state: 'closed' } }))).toEqual([
      { label: 'Agree', color: 'blue', disabled: false, actionId: 'agree', params: { action: 'agree' } },
      { label: 'Done', disabled: true, actionId: '', params: {} },
    ]);
    expect(buttons(drawn([list], { data: { state: 'open' } })).map(({ label }) => label)).toContain('Refuse');
  });

  test('they stand side by side where the list lies, apart from what follows, with their icons', () => {
    const iconFont = { type: 'icon', icon: 'icon_accept', iconType: 'ddIcon' };
    const signed = { ...agree, iconType: 'iconCode', iconFont };
    const list = node('ButtonList', { direction: 'horizontal', buttons: { type: 'button', list: [signed] } });
    expect(drawn([list, node('ButtonBlock', { buttons: [agree] })])).toMatchObject([
      { kind: 'buttons', sideBySide: true, buttons: [{ label: 'Agree', sign: { kind: 'icon', name: 'icon_accept' } }] },
      { kind: 'buttons', buttons: [{ label: 'Agree' }] },
    ]);
    const upright = node('ButtonList', { direction: 'vertical', buttons: { type: 'button', list: [agree] } });
    expect(drawn([upright])).not.toMatchObject([{ sideBySide: true }]);
  });

  test('ButtonBlock has them in buttons; a request without an id is named by the button', () => {
    const own = { ...agree, actionId: text(''), id: 'submit', params: [] };
    expect(buttons(drawn([node('ButtonBlock', { buttons: [own] })]))).toMatchObject([{ actionId: 'submit' }]);
  });
});

test('a button in a loop takes text, colour, status, id and parameters of its item, or a link', () => {
  const button = node('SingleButton', {
    text: text('{loop.text}'),
    status: ofLoop('status'),
    color: ofLoop('color'),
    actionType: 'request',
    actionId: text('{loop.id}'),
    params: [
      { type: 'variable', name: 'action', variable: 'buttons[0].action', variableType: 'loop', value: '' },
      { type: 'variable', name: 'extra', variable: 'buttons[0].extra', variableType: 'loop', value: '' },
      { type: 'variable', name: 'version', variable: 'version', variableType: 'global', value: '' },
    ],
    visible: { ...visibleWhen('isEmpty', 'buttons[0].url', '') },
  });
  const link = node('SingleButton', {
    text: text('{loop.text}'),
    color: ofLoop('color'),
    actionType: 'url',
    url: ofLoop('url'),
    visible: { ...visibleWhen('isNotEmpty', 'buttons[0].url', '') },
  });
  const list = [
    { id: 'next', text: 'Next', color: 'blue', status: 'normal', action: 'go', extra: { n: '1' } },
    { id: 'wait', text: 'Wait', color: 'gold', status: 'disabled', action: 'stay' },
    { text: 'Read', color: 'gray', url: 'https://x.example/' },
  ];
  const nodes = drawn([node('Loop', { listData: variable('buttons') }, [button, link])], {
    types: { buttons: 'loopArray' },
    data: { buttons: list, version: '3' },
  });
  expect(buttons(nodes)).toEqual([
    {
      label: 'Next',
      color: 'blue',
      disabled: false,
      actionId: 'next',
      params: { action: 'go', extra: { n: '1' }, version: '3' },
    },
    { label: 'Wait', color: 'gold', disabled: true, actionId: 'wait', params: { action: 'stay', version: '3' } },
    { label: 'Read', color: 'gray', disabled: false, actionId: '', params: {}, url: 'https://x.example/' },
  ]);
  expect(nodes).toHaveLength(1);
});

describe('what a tap does besides', () => {
  const eventOf = (props: Record<string, unknown>, more = {}) =>
    buttons(drawn([node('SingleButton', { text: text('Go'), ...props })], more))[0]?.event;

  test('a toast, a copy, a local variable', () => {
    expect(
      eventOf({ actionType: 'toast', toastContent: text('Hi {who}'), toastType: 0 }, { data: { who: 'Nok' } }),
    ).toEqual({
      kind: 'toast',
      text: 'Hi Nok',
      tone: 'success',
    });
    expect(eventOf({ actionType: 'copy', copyValue: text('abc') })).toEqual({ kind: 'copy', text: 'abc' });
    const locals = [{ name: 'open', type: 'number' }];
    const set = {
      actionType: 'setLocalState',
      localVarAction: { ...variable('open'), varType: 'number' },
      numberLocalValue: bindingTo('next', 'dynamicNumber'),
    };
    expect(eventOf(set, { locals, expressions: { next: 'open ? 0 : 1' } })).toEqual({
      kind: 'local',
      target: { variable: 'open' },
      value: 1,
    });
  });

  test('a confirmation and a menu lead on', () => {
    const confirm = {
      actionType: 'confirm',
      confirmTitle: text('Sure?'),
      confirmMessage: text('It goes.'),
      confirmOkText: text('Yes'),
      confirmOkAction: 'request',
      confirmOkReqActionActionId: text('gone'),
      confirmOkReqActionParams: [param('a', '1')],
      confirmCancelText: text('No'),
      confirmCancelAction: 'none',
    };
    expect(eventOf(confirm)).toMatchObject({
      kind: 'confirm',
      title: 'Sure?',
      ok: { text: 'Yes', event: { kind: 'request', actionId: 'gone', params: { a: '1' } } },
      cancel: { text: 'No' },
    });
    const sheet = {
      actionType: 'actionSheet',
      actionSheetTitle: text('Which?'),
      actionSheetItems: [{ text: text('Site'), actionType: 'url', url: fixed('https://x.example/') }],
    };
    expect(eventOf(sheet)).toMatchObject({
      kind: 'menu',
      title: 'Which?',
      choices: [{ text: 'Site', event: { kind: 'link', url: 'https://x.example/' } }],
    });
  });

  test('a chain keeps what follows each step, and what is not played is named', () => {
    const after = { success: { leftEvent: { event: { actionType: 'toast' } } } };
    const events = [{ event: { actionType: 'request', actionId: text('a') }, callbacks: after }];
    expect(eventOf({ actionType: 'eventChain', events })).toMatchObject({
      kind: 'chain',
      steps: [{ event: { kind: 'request', actionId: 'a' }, callbacks: after }],
    });
    expect(eventOf({ actionType: 'openModal' })).toEqual({ kind: 'unplayed', actionType: 'openModal' });
  });

  test('what is said after a request is kept until the answer is there', () => {
    const said = {
      successToast: text('Sent'),
      failureToast: text('{why}'),
      successCondition: { op: 'and', conditions: [] },
    };
    expect(eventOf({ actionType: 'request', actionId: text('a'), ...said })).toMatchObject({
      kind: 'request',
      said: { success: said.successToast, failure: said.failureToast, condition: said.successCondition },
    });
  });
});
