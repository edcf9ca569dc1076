import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { sep } from 'node:path';

/** The processes that work in a folder: it is in their command, or what they see as the root of all files is in it. None without `/proc`. */
export function processesIn(folder: string): number[] {
  return listed()
    .filter((pid) => pid !== process.pid)
    .filter((pid) => isNamed(pid, folder) || `${root(pid)}${sep}`.startsWith(`${folder}${sep}`));
}

function listed(): number[] {
  try {
    return readdirSync('/proc').map(Number).filter(Number.isInteger);
  } catch {
    return [];
  }
}

function isNamed(pid: number, folder: string): boolean {
  return read(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8')).includes(folder);
}

function root(pid: number): string {
  return read(() => readlinkSync(`/proc/${pid}/root`));
}

/** It may be gone, or somebody else's. */
function read(of: () => string): string {
  try {
    return of();
  } catch {
    return '';
  }
}
