import type { RenderedNode } from '../../src/protocol/rendered.ts';
import { cardData } from '../../src/template/card-data.ts';
import { parseTemplate } from '../../src/template/parse.ts';
import { renderCard } from '../../src/template/render.ts';
import type { LocalValues } from '../../src/template/scope.ts';
import { exported, type MoreVariables, node } from './template.ts';

interface Drawing extends MoreVariables {
  /** Types of the variables that are not texts. */
  readonly types?: Readonly<Record<string, string>> | undefined;
  readonly data?: Readonly<Record<string, unknown>> | undefined;
  readonly local?: LocalValues | undefined;
}

/** A card of these components, drawn with what its variables hold. */
export function drawn(
  components: unknown[],
  { types = {}, data = {}, local = {}, locals, expressions }: Drawing = {},
): RenderedNode[] {
  const variables = Object.entries(types).map(([name, type]) => ({ name, type }));
  const template = parseTemplate(exported(node('Card', {}, components), variables, { locals, expressions }));
  const params = Object.fromEntries(
    Object.entries(data).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
  );
  return renderCard(template, cardData(template, params), (mediaId) => `/media/${mediaId}`, local);
}
