import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { routes } from '../../handlers/routes.ts';
import { canChange, MEMBER_CHANGES, type MemberChange } from '../../src/domain/member-change.ts';
import { type Moves, statesOf } from '../../src/domain/moves.ts';
import { PERSON_MOVES, type PersonRole } from '../../src/domain/person-state.ts';
import { WHO, type Who } from '../../src/domain/who.ts';

const ROLES: readonly PersonRole[] = ['STAFF', 'SUPERVISOR', 'ADMIN'];

/** A table as Prettier would write it. */
function table(rows: readonly (readonly string[])[]): string {
  const [head = []] = rows;
  const widths = head.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[], fill = ' ') =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0, fill)).join(' | ')} |`;
  const [first = '', ...rest] = rows.map((row) => line(row));
  return [
    first,
    line(
      head.map(() => ''),
      '-',
    ),
    ...rest,
  ].join('\n');
}

function drawing(moves: Moves<string>): string {
  const lines = Object.entries(moves).flatMap(([from, next]) =>
    Object.entries(next).map(([to, by]) => `  ${from === 'NEW' ? '[*]' : from} --> ${to}: ${by}`),
  );
  return ['```mermaid', 'stateDiagram-v2', ...lines, '```'].join('\n');
}

/** Whether who is `one` may what `who` may at least: what is for those who were in an ISO formerly is for nobody else. */
function may(one: Who, who: Who): boolean {
  if (who === 'formerly' || one === 'formerly') return one === who || who === 'anyone';
  return WHO.indexOf(one) >= WHO.indexOf(who);
}

/** What is routed, by its first word and by who may at least. */
function whoMayWhat(): string {
  const router = routes();
  const groups = new Map<string, { area: string; who: Who; paused: boolean; actions: string[] }>();
  for (const action of router.actions()) {
    const [area = '', rest = ''] = action.split('.');
    const who = router.forTap(action)?.who ?? 'admin';
    const paused = router.isEvenPaused(action);
    const key = `${area} ${WHO.indexOf(who)} ${paused}`;
    const group = groups.get(key) ?? { area, who, paused, actions: [] };
    group.actions.push(rest);
    groups.set(key, group);
  }
  const rows = [...groups.values()].map(({ area, who, paused, actions }) => [
    area,
    `\`${actions.toSorted().join('` `')}\``,
    ...WHO.map((one) => (may(one, who) ? '✓' : '')),
    paused ? '✓' : '',
  ]);
  return table([
    ['of', 'what', ...WHO, 'paused'],
    ...rows.toSorted((one, other) => (one[0] ?? '').localeCompare(other[0] ?? '')),
  ]);
}

/** Of somebody with which role, in which state, what can be done. */
function changes(): string {
  const states = statesOf(PERSON_MOVES).filter((state) => state !== 'UNKNOWN');
  const cell = (change: MemberChange, state: (typeof states)[number]): string => {
    const roles = ROLES.filter((role) => canChange({ state, role }, change));
    return roles.length === ROLES.length ? 'anybody' : roles.map((role) => role.toLowerCase()).join(', ');
  };
  const rows = MEMBER_CHANGES.map((change) => [`\`${change}\``, ...states.map((state) => cell(change, state))]);
  return table([['', ...states.map((state) => `\`${state}\``)], ...rows]);
}

it('the page shows the states, who may do what, and what can be done about somebody; -u writes them anew', async () => {
  const parts = { states: drawing(PERSON_MOVES), who: whoMayWhat(), changes: changes() };
  let page = readFileSync('docs/people.md', 'utf8');
  for (const [name, part] of Object.entries(parts)) {
    const section = `<!-- ${name}:begin -->\n\n${part}\n\n<!-- ${name}:end -->`;
    page = page.replace(new RegExp(`<!-- ${name}:begin -->.*<!-- ${name}:end -->`, 's'), () => section);
    expect(page).toContain(section);
  }
  await expect(page).toMatchFileSnapshot('../../docs/people.md');
});
