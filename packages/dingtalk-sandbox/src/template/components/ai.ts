import { asText } from '../as-text.ts';
import { bound, boundText } from '../bindings.ts';
import type { Drawing, Renderer } from '../drawing.ts';
import type { TemplateNode } from '../template.ts';

/** An AI card's states (DingTalk: AI card template) as `flowStatus` and a state's container name them. */
const PENDING = 1;

/** An AI card shows the container of its state: at work until the first words come. */
const aiCard: Renderer = (node, drawing) => {
  const now = Number(asText(bound(node.props.flowStatusVar, drawing.scope))) || PENDING;
  const states = node.children.filter((child) => child.componentName === 'AICardStatusContainer');
  const others = node.children.filter((child) => child.componentName !== 'AICardStatusContainer');
  const shown = states.filter((state) => Number(asText(state.props.status)) === now);
  if (states.length > 0 && shown.length === 0) {
    return [{ kind: 'unknown', componentName: node.componentName, problem: `it has no state ${now}` }];
  }
  return [...others, ...shown].flatMap((child) => drawing.inside(child));
};

const transparent: Renderer = (node, { inside }) => node.children.flatMap((child) => inside(child));

const pending: Renderer = ({ props }, { scope }) => [
  { kind: 'pending', text: boundText(props.pendingTip, scope) || '…' },
];

/** What stands below a finished answer; `enableCopy` copies what the card says. */
const feedback: Renderer = (node, drawing) => {
  const { props } = node;
  const copies = props.enableCopy === true ? boundText(props.copyVariable, drawing.scope) : undefined;
  return [{ kind: 'feedback', copies }, ...slot(node, drawing)];
};

function slot(node: TemplateNode, drawing: Drawing) {
  return node.children
    .filter((child) => child.componentName !== 'AIGenerationProcessing')
    .flatMap((child) => drawing.inside(child));
}

export const AI: Readonly<Record<string, Renderer>> = {
  AICardContainer: aiCard,
  AICardStatusContainer: transparent,
  AICardContent: transparent,
  AIPending: pending,
  Feedback: feedback,
  // A bar while the answer is written; a finished one has none.
  AIGenerationProcessing: () => [],
};
