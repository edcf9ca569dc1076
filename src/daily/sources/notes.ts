import { readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isMissing, makeFolder, writeDurably } from '@field/kit/write-durably';
import type { z } from 'zod';
import { namesIn } from '../names-in.ts';

/** What this process remembers of single files, each in a file of its own: it survives any crash, whole. */
export interface Notes<T> {
  /** Undefined as well where what is noted is none of ours. */
  of(name: string): Promise<T | undefined>;
  set(name: string, note: T): Promise<void>;
  forget(name: string): Promise<void>;
  names(): Promise<readonly string[]>;
}

export function createNotes<T>(folder: string, form: z.ZodType<T>): Notes<T> {
  return {
    async of(name) {
      try {
        return form.safeParse(JSON.parse(await readFile(join(folder, name), 'utf8'))).data;
      } catch (error) {
        if (isMissing(error) || error instanceof SyntaxError) return undefined;
        throw error;
      }
    },
    async set(name, note) {
      const path = join(folder, name);
      await makeFolder(dirname(path));
      await writeDurably(path, Buffer.from(JSON.stringify(note)));
    },
    forget: (name) => rm(join(folder, name), { force: true }),
    names: () => namesIn(folder),
  };
}
