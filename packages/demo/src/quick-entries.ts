import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { CORP_ID } from '@field/dingtalk-sandbox';
import { OP_ENTRY } from './product.ts';
import type { Env } from './settings-from-env.ts';

/**
 * Puts the product's entries at the bottom of the chat, by its own operator command, as whoever installs it does once. `env` is the
 * bot's. Rejects with what the command said.
 */
export async function setQuickEntries(env: Env): Promise<void> {
  await promisify(execFile)(process.execPath, [OP_ENTRY, 'quick-entries', 'set', '--corp-id', CORP_ID], { env });
}
