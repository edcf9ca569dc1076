import { asText } from '../as-text.ts';
import { bound, boundText } from '../bindings.ts';
import { filled, type Renderer } from '../drawing.ts';
import type { TemplateNode } from '../template.ts';
import { iconName, signOf, titleSign } from './signs.ts';

const header: Renderer = ({ props }, drawing) =>
  filled(boundText(props.title, drawing.scope), (title) => ({
    kind: 'header',
    title,
    sign: titleSign(props.icon, drawing),
  }));

const tag: Renderer = ({ props }, { scope }) =>
  filled(boundText(props.text, scope), (text) => ({ kind: 'tag', text, color: boundText(props.color, scope) }));

const text: Renderer = (node, drawing) =>
  filled(boundText(node.props.text, drawing.scope), (content) => ({
    kind: 'text',
    text: content,
    small: isSmall(node),
    align: node.props.gravity === 'center' || node.props.gravity === 'right' ? node.props.gravity : undefined,
    sign: node.props.enableIcon === true ? signOf(node.props, drawing) : undefined,
  }));

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

const icon: Renderer = ({ props }, drawing) =>
  filled(iconName(props.icon, drawing), (name) => ({ kind: 'icon', name }));

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
