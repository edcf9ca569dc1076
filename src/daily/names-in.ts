import { readdir } from 'node:fs/promises';
import { isMissing } from '@field/kit/write-durably';

/** The names in a folder; none where it is not there yet. */
export async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}
