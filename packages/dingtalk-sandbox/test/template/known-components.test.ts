import { expect, test } from 'vitest';
import { withInner } from '../../src/template/view.ts';
import { drawn } from '../support/drawn.ts';
import { node } from '../support/template.ts';

/** Every component of the official exports and of the public one of an AI card with buttons. */
const OFFICIAL = `
  Card StdCard Grid GridLayout Loop CollapsePanel CardHeaderV2 Tag BaseText BaseTextBlock Markdown MarkdownBlock
  Divider DividerBlock Icon Image Avatar ProgressBar Table Chart SingleButton ButtonList ButtonBlock ButtonGroup
  Form Input SelectBlock MultiSelectBlock DatePickerBlock Checkbox CheckboxList CheckboxListMulti CheckableTags
  AICardContainer AICardStatusContainer AICardContent AIPending Feedback AIGenerationProcessing
`
  .trim()
  .split(/\s+/);

test.each(OFFICIAL)('%s is known, and stands empty props', (name) => {
  const found = drawn([node(name)]).flatMap(withInner);
  expect(found.filter(({ kind }) => kind === 'unknown')).toEqual([]);
});
