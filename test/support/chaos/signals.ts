import { setTimeout as after } from 'node:timers/promises';

/** Stops a process for so long; `false` when it was not there. */
export async function frozen(pid: number, ms: number): Promise<boolean> {
  if (!signalled(pid, 'SIGSTOP')) return false;
  await after(ms);
  signalled(pid, 'SIGCONT');
  return true;
}

/** Whether it was there to get the signal. */
export function signalled(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}
