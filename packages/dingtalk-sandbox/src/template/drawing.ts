import type { RenderedNode } from '../protocol/rendered.ts';
import type { Scope } from './scope.ts';
import type { TemplateNode } from './template.ts';

/** What a component's renderer is given besides the component itself. */
export interface Drawing {
  readonly scope: Scope;
  readonly mediaUrl: (mediaId: string) => string;
  /** Draws what stands inside, in this scope or in that of a loop's item. */
  readonly inside: (node: TemplateNode, scope?: Scope) => RenderedNode[];
}

export type Renderer = (node: TemplateNode, drawing: Drawing) => RenderedNode[];

/** Nothing where there is no text. */
export function filled(text: string, node: (text: string) => RenderedNode): RenderedNode[] {
  return text === '' ? [] : [node(text)];
}
