import { join } from 'node:path';
import { checkStore, isDamage, STORE_FILE, storeDamaged } from './check.ts';
import { Connection } from './engine/connection.ts';
import type { Examined } from './engine/damage.ts';

/**
 * Copies the store of a folder as it is at one moment, while it works or not, into another folder, which must have none; the copy is looked
 * through as `checkStore` does. Blocks this thread while it copies. Error 'store.damaged' when it cannot even be read.
 */
export async function copyStore(dataDir: string, to: string): Promise<Examined & { readonly file: string }> {
  const [from, file] = [join(dataDir, STORE_FILE), join(to, STORE_FILE)];
  try {
    const sql = new Connection(from, { readonly: true });
    try {
      sql.exec(`VACUUM INTO '${file.replaceAll("'", "''")}'`);
    } finally {
      sql.close();
    }
  } catch (cause) {
    throw isDamage(cause) ? storeDamaged(from, cause) : cause;
  }
  return { ...(await checkStore(to)), file };
}
