import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '@field/kit/errors';
import { EXAMPLES, type ProgrammeFile } from '../programme/files.ts';
import { LARGEST_FILE } from '../programme/text-in.ts';

/** More are in no folder of a programme. */
const MOST_FILES = 200;

/**
 * The files of a programme in its folder: every `.yaml`, and the pictures in `examples/`; of a file that is too large only so much that
 * the reader sees that it is. Errors: `programme.wrong` when the folder cannot be read.
 */
export async function readFolder(folder: string): Promise<readonly ProgrammeFile[]> {
  try {
    const names = [
      ...(await namesIn(folder)).filter((name) => name.endsWith('.yaml')),
      ...(await namesIn(join(folder, EXAMPLES)))
        .filter((name) => name.endsWith('.jpg'))
        .map((name) => `${EXAMPLES}${name}`),
    ];
    if (names.length > MOST_FILES) throw unreadable(folder, `it holds more than ${MOST_FILES} files`);
    return await Promise.all(names.map(async (name) => ({ name, bytes: await beginOf(join(folder, name)) })));
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw unreadable(folder, error instanceof Error ? error.message : String(error), error);
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' && folder.endsWith(EXAMPLES)) return [];
    throw error;
  });
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
}

async function beginOf(path: string): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const { buffer, bytesRead } = await file.read({
      buffer: Buffer.alloc(Math.min(size, LARGEST_FILE + 1)),
      position: 0,
    });
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

function unreadable(folder: string, why: string, cause?: unknown): AppError {
  const say = `The folder of the programme, ${folder}, cannot be read: ${why}. Set PROGRAMME to one that is there.`;
  return new AppError('programme.wrong', { say }, { cause });
}
