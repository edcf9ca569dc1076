import type { RenderedEvent } from '../../protocol/interaction.ts';
import type { RenderedButton } from '../../protocol/rendered.ts';
import { asText } from '../as-text.ts';
import { bound, boundText } from '../bindings.ts';
import { isRecord } from '../card-data.ts';
import type { Drawing, Renderer } from '../drawing.ts';
import { dynamicEvent, renderEvent } from '../event.ts';
import type { Json } from '../template.ts';
import { isVisible } from '../visibility.ts';
import { signOf } from './signs.ts';

type ButtonProps = { readonly [key: string]: Json };

/** A SingleButton: any event, one that stands in a variable among them (`dynamicEvent`, dingtalk 4.7 b). */
const singleButton: Renderer = ({ props, id }, drawing) => {
  const button = renderButton(props, drawing, `single_button_${id}`);
  return button === undefined ? [] : [{ kind: 'buttons', buttons: [button] }];
};

/** A ButtonGroup: over a variable of buttons (dingtalk 4.7 a), or over buttons that stand in the template. */
const buttonGroup: Renderer = ({ props, id }, drawing) => {
  const { scope } = drawing;
  const dynamic = bound(props.dynamicButtons, scope);
  const buttons = list(dynamic).map((button) =>
    buttonWith(button, dynamicEvent(button.event, scope, id), drawing, asText(button.text)),
  );
  const fixed = Array.isArray(dynamic) ? [] : fromTemplate(props.fixedButtons, drawing, id);
  return [{ kind: 'buttons', buttons: [...buttons, ...fixed] }];
};

/** A ButtonList, lying or upright, has its buttons in `buttons.list`, a ButtonBlock in `buttons`; each has its own condition. */
const buttonList: Renderer = ({ props, id }, drawing) => {
  const written = isRecord(props.buttons) ? (props.buttons.list ?? bound(props.buttons, drawing.scope)) : props.buttons;
  const sideBySide = props.direction === 'horizontal' ? true : undefined;
  return [{ kind: 'buttons', buttons: fromTemplate(written, drawing, id), sideBySide }];
};

export const BUTTONS: Readonly<Record<string, Renderer>> = {
  SingleButton: singleButton,
  ButtonGroup: buttonGroup,
  ButtonList: buttonList,
  ButtonBlock: buttonList,
};

/** A button with this label that does this; its look is in its props. */
export function buttonWith(
  props: ButtonProps,
  event: RenderedEvent | undefined,
  drawing: Drawing,
  label: string,
): RenderedButton {
  const named = bound(props.color, drawing.scope);
  return {
    label,
    disabled: boundText(props.status, drawing.scope) === 'disabled',
    color: named === 'blue' || named === 'gray' || named === 'red' || named === 'gold' ? named : undefined,
    // Older buttons have no switch for it.
    sign: props.enableIcon === false ? undefined : signOf(props, drawing),
    ...whatItDoes(event),
  };
}

function fromTemplate(buttons: Json | undefined, drawing: Drawing, nodeId: string): RenderedButton[] {
  return list(buttons).flatMap((button) => {
    const rendered = isVisible(button.visible, drawing.scope) ? renderButton(button, drawing, nodeId) : undefined;
    return rendered === undefined ? [] : [rendered];
  });
}

function renderButton(props: ButtonProps, drawing: Drawing, nodeId: string): RenderedButton | undefined {
  const label = boundText(props.text, drawing.scope);
  return label === '' ? undefined : buttonWith(props, renderEvent(props, drawing.scope, nodeId), drawing, label);
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
