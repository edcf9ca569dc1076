import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { ACCOUNT_MOVES, ASK_MOVES } from '../../src/domain/account-state.ts';
import { APPEAL_MOVES } from '../../src/domain/appeal-state.ts';
import { ASSOCIATION_MOVES } from '../../src/domain/association-state.ts';
import { BINDING_MOVES } from '../../src/domain/binding-state.ts';
import { DRAFT_MOVES } from '../../src/domain/draft-state.ts';
import { EXPORT_MOVES } from '../../src/domain/export-state.ts';
import { INSPECTION_MOVES } from '../../src/domain/inspection-state.ts';
import type { Moves } from '../../src/domain/moves.ts';
import { REVIEW_MOVES } from '../../src/domain/review-state.ts';
import { TODO_MOVES } from '../../src/domain/todo-state.ts';

const MACHINES: Readonly<Record<string, Moves<string>>> = {
  'Review of an item': REVIEW_MOVES,
  Appeal: APPEAL_MOVES,
  'Draft of a promotion, or of what puts an item right': DRAFT_MOVES,
  'Binding of a code': BINDING_MOVES,
  Association: ASSOCIATION_MOVES,
  'Inspection task': INSPECTION_MOVES,
  'Test account': ACCOUNT_MOVES,
  'What is asked of an admin for a test account': ASK_MOVES,
  'List as a file': EXPORT_MOVES,
  'To-do in DingTalk': TODO_MOVES,
};

function tableOf(title: string, moves: Moves<string>): string {
  const rows = Object.entries(moves).flatMap(([from, next]) =>
    Object.entries(next).map(([to, by = '']) => [from === 'NEW' ? '–' : `\`${from}\``, `\`${to}\``, by]),
  );
  const cells = [['from', 'to', 'who or what moves it'], ...rows];
  const widths = [0, 1, 2].map((column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[], fill = ' ') =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0, fill)).join(' | ')} |`;
  const [head = [], ...body] = cells;
  return [`### ${title}`, '', line(head), line(['', '', ''], '-'), ...body.map((row) => line(row))].join('\n');
}

it('the page shows the moves that the product makes; -u writes them anew', async () => {
  const tables = Object.entries(MACHINES).map(([title, moves]) => tableOf(title, moves));
  const section = `<!-- states:begin -->\n\n${tables.join('\n\n')}\n\n<!-- states:end -->`;
  const page = readFileSync('docs/domain.md', 'utf8');
  const shown = page.replace(/<!-- states:begin -->.*<!-- states:end -->/s, () => section);
  expect(shown).toContain(section);
  await expect(shown).toMatchFileSnapshot('../../docs/domain.md');
});
