import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** CPU seconds that a process has used, with its threads; undefined where the system does not tell. */
export function cpuSeconds(pid: number | undefined): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond();
  } catch {
    return undefined;
  }
}

let ticks: number | undefined;

function ticksPerSecond(): number {
  ticks ??= Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));
  return ticks;
}

/**
 * The most memory that this process has held, in MB. Linux counts into `maxRSS` what the process held that started it; the
 * status file does not.
 */
export function peakRssMb(): number {
  const held = statusMb('/proc/self/status', 'VmHWM');
  if (!Number.isNaN(held)) return held;
  return process.resourceUsage().maxRSS / 1024;
}

/** What a process and all below it hold now, in MB; not a number where the system does not tell. */
export function treeRssMb(pid: number | undefined): number {
  const own = statusMb(`/proc/${pid}/status`, 'VmRSS');
  return childrenOf(pid).reduce((sum, child) => sum + (treeRssMb(child) || 0), own);
}

function childrenOf(pid: number | undefined): number[] {
  try {
    const threads = readdirSync(`/proc/${pid}/task`);
    const lists = threads.map((thread) => readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8'));
    return lists.flatMap((list) => list.split(' ').filter(Boolean).map(Number));
  } catch {
    // it has just ended, or this is not Linux
    return [];
  }
}

function statusMb(path: string, name: string): number {
  try {
    return Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(readFileSync(path, 'utf8'))?.[1]) / 1024;
  } catch {
    return Number.NaN;
  }
}
