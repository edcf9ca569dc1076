const KINDS: Readonly<Record<string, keyof OpCounters>> = {
  insert: 'insert',
  find: 'query',
  update: 'update',
  delete: 'delete',
  getMore: 'getmore',
};

/** How often what was asked, since the start, as MongoDB has it. */
export type OpCounters = Record<'insert' | 'query' | 'update' | 'delete' | 'getmore' | 'command', number>;

export function newOpCounters(): OpCounters {
  return { insert: 0, query: 0, update: 0, delete: 0, getmore: 0, command: 0 };
}

export function countOne(counters: OpCounters, command: string): void {
  counters[(Object.hasOwn(KINDS, command) ? KINDS[command] : undefined) ?? 'command'] += 1;
}
