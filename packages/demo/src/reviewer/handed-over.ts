import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { codeDecided, type SubmittedItem, submittedItem } from './submitted-item.ts';

const CLOSED_FILE = /^submissions_\d{8}_\d{3,}\.jsonl$/;

/** Everything in the closed files of the outgoing folder, oldest first; nothing when there is no such folder. */
export async function handedOver(outgoingDir: string): Promise<readonly SubmittedItem[]> {
  const items: SubmittedItem[] = [];
  for (const name of await closedFiles(outgoingDir)) {
    const text = await readFile(join(outgoingDir, name), 'utf8');
    for (const line of text.split('\n')) {
      const read: unknown = line === '' ? undefined : JSON.parse(line);
      if (read !== undefined && !codeDecided.safeParse(read).success) items.push(submittedItem.parse(read));
    }
  }
  return items;
}

/**
 * What stands at a spot (`ref`: the spot's, or that of the POSM at it) as it was handed over last: its code, or `undefined` for a
 * display without one. The answer is `undefined` when nothing was handed over of it.
 */
export async function posmAt(
  outgoingDir: string,
  ref: string,
): Promise<{ readonly code: string | undefined } | undefined> {
  const posm = (await handedOver(outgoingDir)).findLast(
    (item) => item.itemType === 'POSM' && (item.spotRef === ref || item.itemRef === ref),
  );
  return posm?.itemType === 'POSM' ? { code: posm.code?.payload } : undefined;
}

async function closedFiles(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => CLOSED_FILE.test(name)).sort();
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return [];
    throw thrown;
  }
}
