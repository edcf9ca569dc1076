import { setTimeout as later } from 'node:timers/promises';

/**
 * Does `work` while no other process does so under the lock file of this path; says once that it waits. The lock is the file
 * system's own, so that one who was killed holds nothing back.
 */
export async function alone(path, work) {
  // imported late: it may have been installed only now
  const { default: Database } = await import('libsql');
  const lock = new Database(path);
  try {
    for (let attempt = 0; !isTaken(lock); attempt++) {
      if (attempt === 0) console.error('Waiting for another build …');
      await later(200);
    }
    return await work();
  } finally {
    lock.close();
  }
}

/** Whether the lock is ours now. */
function isTaken(lock) {
  try {
    lock.exec('BEGIN EXCLUSIVE');
    return true;
  } catch (error) {
    if (error.code !== 'SQLITE_BUSY') throw error;
    return false;
  }
}
