import { exported, node, text, variable } from './template.ts';

export const AI_ID = 'ai.schema';
/** An AI card: at work, being written, finished, failed. */
export const AI_TEMPLATE = exported(
  node('AICardContainer', { flowStatusVar: variable('flowStatus') }, [
    node('AICardStatusContainer', { status: 1 }, [node('AIPending', { pendingTip: text('Working…') })]),
    node('AICardStatusContainer', { status: 2 }, [
      node('MarkdownBlock', { isStreaming: true, content: variable('content') }),
      node('BaseText', { text: text('{aside}') }),
    ]),
    node('AICardStatusContainer', { status: 3 }, [node('MarkdownBlock', { content: variable('content') })]),
    node('AICardStatusContainer', { status: 5 }, [node('BaseText', { text: text('It failed') })]),
  ]),
  [
    { name: 'content', type: 'markdown' },
    { name: 'aside', type: 'string' },
    { name: 'flowStatus', type: 'string' },
  ],
);
