import { open, readFile, truncate } from 'node:fs/promises';
import { isMissing, OWNER_ONLY_FILE } from '@field/kit/write-durably';

/**
 * The keys in a file of JSON lines that is still being written, in order. What a crash left behind the last whole line is
 * cut off: it was never synced, so nobody was told that it is there.
 */
export async function repairedKeys(path: string): Promise<string[]> {
  const bytes = await readFile(path);
  const keys: string[] = [];
  let whole = 0;
  for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, whole)) {
    const key = keyOf(bytes.toString('utf8', whole, end));
    if (key === undefined) break;
    keys.push(key);
    whole = end + 1;
  }
  if (whole < bytes.length) await truncate(path, whole);
  return keys;
}

function keyOf(line: string): string | undefined {
  try {
    const parsed: unknown = JSON.parse(line);
    if (typeof parsed !== 'object' || parsed === null || !('submissionKey' in parsed)) return undefined;
    return typeof parsed.submissionKey === 'string' ? parsed.submissionKey : undefined;
  } catch {
    return undefined;
  }
}

/** Adds text to the end of a file, made if it is not there; on return it survives a power cut. */
export async function appendDurably(path: string, text: string): Promise<void> {
  const file = await open(path, 'a', OWNER_ONLY_FILE);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** The bytes of a file from `offset` on; nothing for a file that is not there. */
export async function readFrom(path: string, offset: number): Promise<Buffer> {
  try {
    const file = await open(path, 'r');
    try {
      const { size } = await file.stat();
      const bytes = Buffer.alloc(Math.max(0, size - offset));
      const { bytesRead } = await file.read(bytes, 0, bytes.length, offset);
      return bytes.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (error) {
    if (isMissing(error)) return Buffer.alloc(0);
    throw error;
  }
}
