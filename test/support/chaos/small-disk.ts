import { spawnSync } from 'node:child_process';
import { statfsSync } from 'node:fs';

/** More than a session ever writes. */
const ROOM = '3g';

/** A disk of its own below a folder, which can be made full: one in memory. Only root can make one. */
export class SmallDisk {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** Undefined where it cannot be made: not Linux, or not root. */
  static at(folder: string): SmallDisk | undefined {
    if (process.getuid?.() !== 0 || process.platform !== 'linux') return undefined;
    const disk = new SmallDisk(folder);
    return disk.#mount(`size=${ROOM},mode=700`) ? disk : undefined;
  }

  /** Not a byte more can be written than is there now. */
  fills(): boolean {
    const { blocks, bfree, bsize } = statfsSync(this.#folder);
    const usedKb = Math.ceil(((blocks - bfree) * bsize) / 1024);
    return this.#mount(`remount,size=${Math.max(usedKb, 4)}k`);
  }

  empties(): boolean {
    return this.#mount(`remount,size=${ROOM}`);
  }

  close(): void {
    spawnSync('umount', ['-l', this.#folder]);
  }

  #mount(options: string): boolean {
    return spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'none', this.#folder]).status === 0;
  }
}
