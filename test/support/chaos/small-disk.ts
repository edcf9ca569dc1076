import { spawnSync } from 'node:child_process';
import { rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** More than a session ever writes. */
const ROOM = '3g';
/** More than the rest of a block that is begun. */
const PROBE_BYTES = 256 * 1024;

/** A disk of its own below a folder, which can be made full: one in memory. Only root can make one. */
export class SmallDisk {
  /** Whose it is. */
  readonly name: string;
  readonly #folder: string;

  private constructor(name: string, folder: string) {
    this.name = name;
    this.#folder = folder;
  }

  /** Of every folder, by whose it is; none where they cannot be made: not Linux, or not root. */
  static at(folders: Readonly<Record<string, string>>): readonly SmallDisk[] {
    if (process.getuid?.() !== 0 || process.platform !== 'linux') return [];
    const disks = Object.entries(folders).map(([name, folder]) => new SmallDisk(name, folder));
    return disks.filter((disk) => disk.#mount(`size=${ROOM},mode=700`));
  }

  /** Not a byte more can be written than is there now, and `leftMb`; whether a file that was tried found room just where there is some. */
  fills(leftMb = 0): boolean {
    const { blocks, bfree, bsize } = statfsSync(this.#folder);
    const usedKb = Math.ceil(((blocks - bfree) * bsize) / 1024);
    const isMade = this.#mount(`remount,size=${Math.max(usedKb + leftMb * 1024, 4)}k`);
    return isMade && this.#refuses() === (leftMb === 0);
  }

  empties(): boolean {
    return this.#mount(`remount,size=${ROOM}`);
  }

  close(): void {
    spawnSync('umount', ['-l', this.#folder]);
  }

  #refuses(): boolean {
    const probe = join(this.#folder, 'chaos-probe');
    try {
      writeFileSync(probe, Buffer.alloc(PROBE_BYTES));
      return false;
    } catch {
      return true;
    } finally {
      rmSync(probe, { force: true });
    }
  }

  #mount(options: string): boolean {
    return spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'none', this.#folder]).status === 0;
  }
}
