import { asText } from '../as-text.ts';
import { bound, boundText } from '../bindings.ts';
import { isRecord } from '../card-data.ts';
import { filled, type Renderer } from '../drawing.ts';
import type { TemplateNode } from '../template.ts';

const header: Renderer = ({ props }, { scope }) =>
  filled(boundText(props.title, scope), (title) => ({ kind: 'header', title }));

const tag: Renderer = ({ props }, { scope }) =>
  filled(boundText(props.text, scope), (text) => ({ kind: 'tag', text, color: boundText(props.color, scope) }));

const text: Renderer = (node, { scope }) =>
  filled(boundText(node.props.text, scope), (content) => ({ kind: 'text', text: content, small: isSmall(node) }));

const markdown: Renderer = ({ props }, { scope }) =>
  filled(boundText(props.content, scope), (content) => ({
    kind: 'markdown',
    markdown: content,
    streaming: props.isStreaming === true ? true : undefined,
  }));

const progress: Renderer = ({ props }, { scope }) => {
  const value = bound(props.progress, scope);
  const percent = value === undefined || value === '' ? Number.NaN : Number(value);
  if (!Number.isFinite(percent)) return [];
  const told = props.showPercentage === true ? true : undefined;
  return [{ kind: 'progress', percent: Math.min(100, Math.max(0, percent)), told }];
};

/** `{type: icon, icon: name}`, in a `dynamicIcon` or by itself. */
const icon: Renderer = ({ props }, { scope }) => {
  const value = bound(props.icon, scope);
  const named = isRecord(value) ? value.icon : isRecord(props.icon) ? (props.icon.icon ?? value) : value;
  return filled(asText(named), (name) => ({ kind: 'icon', name }));
};

const divider: Renderer = () => [{ kind: 'divider' }];

export const TEXTS: Readonly<Record<string, Renderer>> = {
  CardHeaderV2: header,
  Tag: tag,
  BaseText: text,
  BaseTextBlock: text,
  Markdown: markdown,
  MarkdownBlock: markdown,
  ProgressBar: progress,
  Icon: icon,
  Divider: divider,
  DividerBlock: divider,
};

function isSmall({ props }: TemplateNode): boolean {
  return props.size === 'small' || /footnote|caption/.test(asText(props.styleToken));
}
