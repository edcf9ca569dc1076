import type { RenderedButton, RenderedNode } from '../protocol/rendered.ts';
import type { CardData } from './card-data.ts';
import { AI } from './components/ai.ts';
import { BUTTONS } from './components/buttons.ts';
import { CHARTS } from './components/chart.ts';
import { CONTAINERS } from './components/containers.ts';
import { FORMS } from './components/form.ts';
import { INPUTS } from './components/inputs.ts';
import { PICTURES } from './components/pictures.ts';
import { TABLES } from './components/table.ts';
import { TEXTS } from './components/texts.ts';
import { TICKS } from './components/ticks.ts';
import type { Renderer } from './drawing.ts';
import { type LocalValues, Scope } from './scope.ts';
import type { CardTemplate, TemplateNode } from './template.ts';
import { isVisible } from './visibility.ts';

const RENDERERS = new Map<string, Renderer>(
  [TEXTS, PICTURES, TABLES, CHARTS, CONTAINERS, BUTTONS, FORMS, INPUTS, TICKS, AI].flatMap((some) =>
    Object.entries(some),
  ),
);

/** Draws a template's tree with one viewer's data and local variables: what each visible component shows, in order. */
export function renderCard(
  template: CardTemplate,
  data: CardData,
  mediaUrl: (mediaId: string) => string,
  local: LocalValues = {},
): RenderedNode[] {
  const scope = new Scope({ template, data, local });
  return joined(template.roots.flatMap((root) => render(root, scope, mediaUrl)));
}

function render(node: TemplateNode, scope: Scope, mediaUrl: (mediaId: string) => string): RenderedNode[] {
  if (!node.shown || !isVisible(node.props.visible, scope)) return [];
  const renderer = RENDERERS.get(node.componentName);
  if (renderer === undefined) return [{ kind: 'unknown', componentName: node.componentName }];
  return joined(
    renderer(node, { scope, mediaUrl, inside: (child, within = scope) => render(child, within, mediaUrl) }),
  );
}

/** Buttons that follow each other stand together, but for those side by side; a group without any is nothing. */
function joined(nodes: readonly RenderedNode[]): RenderedNode[] {
  const result: RenderedNode[] = [];
  let row: RenderedButton[] | undefined;
  for (const node of nodes) {
    if (node.kind !== 'buttons') {
      row = undefined;
      result.push(node);
    } else if (node.sideBySide) {
      row = undefined;
      if (node.buttons.length > 0) result.push(node);
    } else if (row !== undefined) {
      row.push(...node.buttons);
    } else if (node.buttons.length > 0) {
      row = [...node.buttons];
      result.push({ kind: 'buttons', buttons: row });
    }
  }
  return result;
}
