import { setTimeout as after } from 'node:timers/promises';

/** What stands still just now. */
const still = new Set<number>();
let isWatched = false;

/** Stops a process, or several that are one programme, for so long; `false` when none was there. */
export async function frozen(processes: () => readonly number[], ms: number): Promise<boolean> {
  // whoever breaks this off leaves nothing behind that stands still for ever
  if (!isWatched) process.once('exit', allGoOn);
  isWatched = true;
  const stopped = new Set<number>();
  // one that was started meanwhile, by one of them
  for (let more = processes(); more.length > 0; more = processes().filter((pid) => !stopped.has(pid))) {
    for (const pid of more) {
      stopped.add(pid);
      if (signalled(pid, 'SIGSTOP')) still.add(pid);
    }
  }
  const found = [...stopped].some((pid) => still.has(pid));
  if (found) await after(ms);
  goOn(stopped);
  return found;
}

/** Whatever stands still goes on at once. */
export function allGoOn(): void {
  goOn(new Set(still));
}

function goOn(pids: ReadonlySet<number>): void {
  for (const pid of pids) if (still.delete(pid)) signalled(pid, 'SIGCONT');
}

/** Whether it was there to get the signal. */
export function signalled(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}
