import type { RenderedEvent } from '../../protocol/interaction.ts';
import type { RenderedButton } from '../../protocol/rendered.ts';
import { asText } from '../as-text.ts';
import { bound, boundText } from '../bindings.ts';
import { isRecord } from '../card-data.ts';
import type { Renderer } from '../drawing.ts';
import { dynamicEvent, renderEvent } from '../event.ts';
import type { Scope } from '../scope.ts';
import type { Json } from '../template.ts';
import { isVisible } from '../visibility.ts';

type ButtonProps = { readonly [key: string]: Json };

/** A SingleButton: any event, one that stands in a variable among them (`dynamicEvent`, dingtalk 4.7 b). */
const singleButton: Renderer = ({ props, id }, { scope }) => {
  const button = renderButton(props, scope, id);
  return button === undefined ? [] : [{ kind: 'buttons', buttons: [button] }];
};

/** A ButtonGroup: over a variable of buttons (dingtalk 4.7 a), or over buttons that stand in the template. */
const buttonGroup: Renderer = ({ props, id }, { scope }) => {
  const dynamic = bound(props.dynamicButtons, scope);
  const buttons = list(dynamic).map((button): RenderedButton => {
    const event = dynamicEvent(button.event, scope, id);
    return { ...face(button, scope, asText(button.text)), ...whatItDoes(event) };
  });
  const fixed = Array.isArray(dynamic) ? [] : fromTemplate(props.fixedButtons, scope, id);
  return [{ kind: 'buttons', buttons: [...buttons, ...fixed] }];
};

/** A ButtonList has its buttons in `buttons.list`, a ButtonBlock in `buttons`; each has its own condition. */
const buttonList: Renderer = ({ props, id }, drawing) => {
  const { scope } = drawing;
  const written = isRecord(props.buttons) ? (props.buttons.list ?? bound(props.buttons, scope)) : props.buttons;
  return [{ kind: 'buttons', buttons: fromTemplate(written, scope, id) }];
};

export const BUTTONS: Readonly<Record<string, Renderer>> = {
  SingleButton: singleButton,
  ButtonGroup: buttonGroup,
  ButtonList: buttonList,
  ButtonBlock: buttonList,
};

function fromTemplate(buttons: Json | undefined, scope: Scope, nodeId: string): RenderedButton[] {
  return list(buttons).flatMap((button) => {
    const rendered = isVisible(button.visible, scope) ? renderButton(button, scope, nodeId) : undefined;
    return rendered === undefined ? [] : [rendered];
  });
}

function renderButton(props: ButtonProps, scope: Scope, nodeId: string): RenderedButton | undefined {
  const label = boundText(props.text, scope);
  if (label === '') return undefined;
  return { ...face(props, scope, label), ...whatItDoes(renderEvent(props, scope, nodeId)) };
}

function face(
  { status, color }: ButtonProps,
  scope: Scope,
  label: string,
): Pick<RenderedButton, 'label' | 'disabled' | 'color'> {
  const named = bound(color, scope);
  return {
    label,
    disabled: boundText(status, scope) === 'disabled',
    color: named === 'blue' || named === 'gray' || named === 'red' || named === 'gold' ? named : undefined,
  };
}

/** A plain request and a link are told by their fields alone, whatever else as an event. */
function whatItDoes(event: RenderedEvent | undefined): Pick<RenderedButton, 'actionId' | 'params' | 'url' | 'event'> {
  if (event?.kind === 'request') {
    const { actionId, params, said } = event;
    return { actionId, params, event: said === undefined ? undefined : event };
  }
  if (event?.kind === 'link') return { actionId: '', params: {}, url: event.url };
  return { actionId: '', params: {}, event };
}

function list(buttons: Json | undefined): ButtonProps[] {
  return Array.isArray(buttons) ? (buttons as readonly Json[]).filter(isRecord) : [];
}
