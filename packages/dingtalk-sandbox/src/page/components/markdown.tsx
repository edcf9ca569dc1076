import type { ComponentChildren } from 'preact';
import { ownImage, safeLink } from '../markdown/addresses.ts';
import { type Block, parseMarkdown } from '../markdown/blocks.ts';
import type { Inline } from '../markdown/inline.ts';
import { Picture } from './pictures.tsx';

/** Markdown as elements: only what the subset knows becomes one, everything else stays text. */
export function Markdown({ source }: { readonly source: string }) {
  const blocks = parseMarkdown(source);
  return blocks.length === 0 ? null : <div class="markdown">{blocks.map(block)}</div>;
}

function block(one: Block, index: number): ComponentChildren {
  switch (one.kind) {
    case 'paragraph':
      return <p key={index}>{inlines(one.children)}</p>;
    case 'heading':
      // The card's title is the second level, whatever its text asks for.
      return one.level <= 2 ? (
        <h3 key={index}>{inlines(one.children)}</h3>
      ) : (
        <h3 key={index} class="small-heading">
          {inlines(one.children)}
        </h3>
      );
    case 'rule':
      return <hr key={index} />;
    case 'code':
      return <pre key={index}>{one.text}</pre>;
    case 'quote':
      return <blockquote key={index}>{one.blocks.map(block)}</blockquote>;
    case 'list': {
      const items = one.items.map((item, at) => <li key={`${index}-${at}`}>{inlines(item)}</li>);
      return one.ordered ? <ol key={index}>{items}</ol> : <ul key={index}>{items}</ul>;
    }
    case 'table':
      return (
        <table key={index}>
          <thead>
            <tr>{one.head.map((cell, at) => heading(cell, at))}</tr>
          </thead>
          <tbody>
            {one.rows.map((row, at) => (
              <tr key={`${index}-${at}`}>{row.map((cell, column) => data(cell, column))}</tr>
            ))}
          </tbody>
        </table>
      );
  }
}

function heading(cell: readonly Inline[], at: number): ComponentChildren {
  return (
    <th key={at} scope="col">
      {inlines(cell)}
    </th>
  );
}

function data(cell: readonly Inline[], at: number): ComponentChildren {
  return <td key={at}>{inlines(cell)}</td>;
}

function inlines(nodes: readonly Inline[]): ComponentChildren {
  return nodes.map(inline);
}

function inline(node: Inline, index: number): ComponentChildren {
  switch (node.kind) {
    case 'text':
      return node.text;
    case 'break':
      return <br key={index} />;
    case 'code':
      return <code key={index}>{node.text}</code>;
    case 'strong':
      return <strong key={index}>{inlines(node.children)}</strong>;
    case 'emphasis':
      return <em key={index}>{inlines(node.children)}</em>;
    case 'link': {
      const href = safeLink(node.href);
      if (!href) return <span key={index}>{inlines(node.children)}</span>;
      return (
        <a key={index} href={href} target="_blank" rel="noopener noreferrer">
          {inlines(node.children)}
        </a>
      );
    }
    case 'image': {
      const src = ownImage(node.src, location.origin);
      return src ? (
        <Picture key={index} address={src} alt={node.alt} />
      ) : (
        <span key={index}>[{node.alt || 'picture'}]</span>
      );
    }
  }
}
