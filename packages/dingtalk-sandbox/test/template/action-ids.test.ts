import { expect, test } from 'vitest';
import type { RenderedEvent } from '../../src/protocol/interaction.ts';
import { afterRequest, inMenu } from '../../src/template/chain-names.ts';
import { drawn } from '../support/drawn.ts';
import { node, text } from '../support/template.ts';

/** A component whose request has no id of its own, under a known id. */
const asking = (name: string, props: object = {}, inside: unknown[] = []) => ({
  ...node(name, { actionType: 'request', actionId: text(''), params: [], ...props }, inside),
  id: 'node_a1',
});

test('a button is called back under its kind and the id of its component', () => {
  expect(drawn([asking('SingleButton', { text: text('Go') })])).toMatchObject([
    { buttons: [{ actionId: 'single_button_node_a1' }] },
  ]);
});

test('a part that is tapped as a whole is called back as a grid', () => {
  expect(drawn([asking('Grid', {}, [node('BaseText', { text: text('Leave') })])])).toMatchObject([
    { event: { actionId: 'grid' } },
  ]);
});

test('a box to tick is called back as 1', () => {
  expect(drawn([asking('Checkbox')])).toMatchObject([{ input: { target: { actionId: '1' } } }]);
});

test('an id of its own goes before', () => {
  expect(drawn([asking('SingleButton', { text: text('Go'), actionId: text('go') })])).toMatchObject([
    { buttons: [{ actionId: 'go' }] },
  ]);
});

test('the steps of a chain are called back under their place in it', () => {
  const request = { event: { actionType: 'request', actionId: text(''), params: [] } };
  const button = asking('SingleButton', { text: text('Go'), actionType: 'eventChain', events: [request, request] });
  const [drawnButton] = drawn([button]);
  const event: RenderedEvent | undefined = drawnButton?.kind === 'buttons' ? drawnButton.buttons[0]?.event : undefined;
  const steps = event?.kind === 'chain' ? event.steps : [];
  expect(steps.map((step) => step.event)).toMatchObject([{ actionId: 'main' }, { actionId: 'main_1' }]);
  expect(steps.map((step) => step.name)).toEqual(['main', 'main_1']);
});

test('what follows a step is named by it and by the way that was taken', () => {
  expect([inMenu('main', 0)(0), inMenu('main', 1)(0), inMenu('main_1_0', 0)(0)]).toEqual([
    'main_0_0',
    'main_1_0',
    'main_1_0_0_0',
  ]);
  expect(afterRequest('main', 'success_left')(0)).toBe('main_success_left_callback_0');
});
