import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as after } from 'node:timers/promises';
import { frozen, signalled } from './signals.ts';
import type { Target } from './target.ts';

const LOOK_EVERY_MS = 5;

/** A process that another part starts, and starts again when it is gone: found by what stands in its command. */
export class ChildPart implements Target {
  readonly name: string;
  readonly #ancestor: () => number | undefined;
  readonly #command: string;

  constructor(name: string, ancestor: () => number | undefined, command: string) {
    this.name = name;
    this.#ancestor = ancestor;
    this.#command = command;
  }

  get pid(): number | undefined {
    const top = this.#ancestor();
    return top === undefined ? undefined : descendants(top).find((pid) => commandOf(pid).includes(this.#command));
  }

  async ends(how: 'SIGKILL' | 'SIGTERM'): Promise<boolean> {
    const { pid } = this;
    if (pid === undefined || !signalled(pid, how)) return false;
    while (isAlive(pid)) await after(LOOK_EVERY_MS);
    return true;
  }

  async freezes(ms: number): Promise<boolean> {
    const { pid } = this;
    return pid !== undefined && (await frozen(() => [pid], ms));
  }
}

/** Where there is no `/proc`, none is found. */
function descendants(pid: number): number[] {
  const children = listed(() => readdirSync(`/proc/${pid}/task`)).flatMap((task) =>
    listed(() => readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').trim().split(/\s+/).filter(Boolean)),
  );
  return children.map(Number).flatMap((child) => [child, ...descendants(child)]);
}

function listed(read: () => string[]): string[] {
  try {
    return read();
  } catch {
    return [];
  }
}

/** One that is gone and that nobody has looked after yet runs no more: its connections are closed. */
function isAlive(pid: number): boolean {
  const [, state = 'X'] =
    / ([A-Z]) \d+ \d+ /.exec(listed(() => [readFileSync(`/proc/${pid}/stat`, 'utf8')]).join('')) ?? [];
  return !['X', 'Z'].includes(state);
}

function commandOf(pid: number): string {
  return listed(() => [readFileSync(`/proc/${pid}/cmdline`, 'utf8')]).join('');
}
