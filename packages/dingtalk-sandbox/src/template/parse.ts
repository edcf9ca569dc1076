import { z } from 'zod';
import { type CardTemplate, type Props, TemplateError, type TemplateNode } from './template.ts';

interface RawNode {
  componentName: string;
  id?: string | undefined;
  props?: Record<string, unknown> | undefined;
  hidden?: boolean | undefined;
  condition?: unknown;
  children?: RawNode[] | undefined;
}

const nodeSchema: z.ZodType<RawNode> = z.lazy(() =>
  z.object({
    componentName: z.string(),
    id: z.string().optional(),
    props: z.record(z.string(), z.unknown()).optional(),
    hidden: z.boolean().optional(),
    condition: z.unknown(),
    children: z.array(nodeSchema).optional(),
  }),
);

const exportSchema = z.object({
  editorData: z.string(),
  widgetInfo: z.string(),
  type: z.enum(['im', 'standard', 'onebox']),
  mode: z.literal('card'),
});

const editorSchema = z.object({
  schema: z.object({ componentsTree: z.union([nodeSchema, z.array(nodeSchema)]) }),
  variableList: z
    .array(z.object({ name: z.string(), type: z.string(), private: z.boolean().default(false) }))
    .default([]),
  localList: z.array(z.object({ name: z.string(), type: z.string() })).default([]),
  expList: z.array(z.object({ name: z.string(), expContent: z.string().default('') })).default([]),
});

/** Reads a template file as the builder exports it (dingtalk 4.1); throws `TemplateError`. */
export function parseTemplate(source: string): CardTemplate {
  const outer = exportSchema.safeParse(json(source, 'the file'));
  if (!outer.success) throw new TemplateError(`not a template export: ${z.prettifyError(outer.error)}`);
  const inner = editorSchema.safeParse(json(outer.data.editorData, 'editorData'));
  if (!inner.success) throw new TemplateError(`editorData: ${z.prettifyError(inner.error)}`);
  const tree = inner.data.schema.componentsTree;
  return {
    variables: inner.data.variableList,
    locals: inner.data.localList,
    expressions: inner.data.expList.map(({ name, expContent }) => ({ name, content: expContent })),
    roots: (Array.isArray(tree) ? tree : [tree]).map(asNode),
  };
}

function asNode(raw: RawNode): TemplateNode {
  return {
    componentName: raw.componentName,
    id: raw.id ?? '',
    // What came out of JSON.parse is JSON.
    props: (raw.props ?? {}) as Props,
    shown: raw.hidden !== true && raw.condition !== false,
    children: (raw.children ?? []).map(asNode),
  };
}

function json(text: string, what: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new TemplateError(`${what} is not JSON`);
  }
}
