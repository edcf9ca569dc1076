import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isMissing, makeFolder, writeDurably } from '@field/kit/write-durably';

/** Hidden, so that nobody takes it for a daily file. */
const ASKED = '.asked';

/** Asks the bot that lands from this folder to look now, and not only in up to ten minutes. */
export async function askToLook(incoming: string): Promise<void> {
  await makeFolder(incoming);
  await writeDurably(join(incoming, ASKED), Buffer.alloc(0));
}

/** Whether somebody has asked and no bot has heard of it yet. */
export async function isAsked(incoming: string): Promise<boolean> {
  try {
    await stat(join(incoming, ASKED));
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

/** Whether somebody has asked since the last time; then it is heard. */
export async function hearAsked(incoming: string): Promise<boolean> {
  if (!(await isAsked(incoming))) return false;
  await rm(join(incoming, ASKED), { force: true });
  return true;
}
