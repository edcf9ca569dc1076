import type { Database } from './database.ts';

/** A to-do that an app made, as DingTalk keeps it. All ids of people are unionIds. */
export interface SandboxTodo {
  readonly taskId: string;
  readonly clientId: string;
  /** The app's own name of it: one to-do has it, for ever. */
  readonly sourceId: string | undefined;
  readonly creatorId: string;
  readonly executorIds: readonly string[];
  readonly subject: string;
  /** Milliseconds. */
  readonly dueTime: number | undefined;
  readonly detailUrl: { readonly appUrl: string; readonly pcUrl: string };
  readonly done: boolean;
  /** By the demo's clock. */
  readonly createdTime: number;
  readonly modifiedTime: number;
  /** How often it was changed since. */
  readonly changes: number;
}

export interface TodoChange {
  readonly subject?: string | undefined;
  readonly dueTime?: number | undefined;
  readonly done?: boolean | undefined;
  readonly executorIds?: readonly string[] | undefined;
}

interface TodoRow {
  taskId: string;
  clientId: string;
  sourceId: string | null;
  about: string;
}

/** The to-dos of everybody, in the order in which they were made. */
export class Todos {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  all(): readonly SandboxTodo[] {
    return this.#db.all<TodoRow>('SELECT * FROM todos ORDER BY rowid').map(asTodo);
  }

  find(taskId: string): SandboxTodo | undefined {
    const row = this.#db.one<TodoRow>('SELECT * FROM todos WHERE taskId = ?', taskId);
    return row && asTodo(row);
  }

  isNamed(clientId: string, sourceId: string): boolean {
    return this.#db.one('SELECT 1 FROM todos WHERE clientId = ? AND sourceId = ?', clientId, sourceId) !== undefined;
  }

  add({ taskId, clientId, sourceId, ...about }: SandboxTodo): void {
    this.#db.run(
      'INSERT INTO todos (taskId, clientId, sourceId, about) VALUES (?, ?, ?, ?)',
      taskId,
      clientId,
      sourceId ?? null,
      JSON.stringify(about),
    );
  }

  change({ taskId, clientId: _, sourceId: __, ...about }: SandboxTodo, change: TodoChange, at: number): void {
    const changed = { ...about, ...change, modifiedTime: at, changes: about.changes + 1 };
    this.#db.run('UPDATE todos SET about = ? WHERE taskId = ?', JSON.stringify(changed), taskId);
  }
}

function asTodo({ about, taskId, clientId, sourceId }: TodoRow): SandboxTodo {
  const rest = JSON.parse(about) as Omit<SandboxTodo, 'taskId' | 'clientId' | 'sourceId'>;
  return { ...rest, taskId, clientId, sourceId: sourceId ?? undefined };
}
