import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { AppError } from '@field/kit/errors';
import type { Remote, RemoteFile } from './remote.ts';

/**
 * Puts a result into `done/` or `quarantine/` of a folder on the server, as it lies here, and then moves its file there. The result is
 * there whole before, so that after a crash the same is simply done again. Throws `sftp.changed` when the file there is another one by now.
 */
export async function giveBack(remote: Remote, folder: string, file: RemoteFile, resultPath: string): Promise<void> {
  const path = `${folder}/${file.name}`;
  const there = `${folder}/${basename(dirname(resultPath))}`;
  await remote.makeFolder(there);
  const { free, resultName } = freeName(new Set((await remote.list(there)).map(({ name }) => name)), file.name);
  const { size } = await stat(resultPath);
  await putWhole(remote, `${there}/${resultName}`, createReadStream(resultPath), size);
  const now = await remote.stat(path);
  if (now === undefined || now.size !== file.size || now.mtime !== file.mtime) {
    throw new AppError('sftp.changed', { file: file.name });
  }
  await remote.rename(path, `${there}/${free}`);
}

/** Under its name when it is whole there. */
async function putWhole(remote: Remote, path: string, body: AsyncIterable<Buffer>, size: number): Promise<void> {
  const part = `${path}.part`;
  await remote.write(part, body);
  const written = await remote.stat(part);
  if (written?.size !== size) throw new AppError('sftp.notWhole', { file: basename(path), why: 'written' });
  // of a giving back that was not ended; the protocol's rename replaces nothing
  if ((await remote.stat(path)) !== undefined) await remote.remove(path);
  await remote.rename(part, path);
}

/** A name that no file has there, with a number where it needs one; a result without its file is of a giving back that was not ended. */
function freeName(taken: ReadonlySet<string>, name: string): { readonly free: string; readonly resultName: string } {
  const [, base = name, ending = ''] = /^(.*?)(\.\w+(?:\.gz)?)$/.exec(name) ?? [];
  for (let number = 1; ; number += 1) {
    const numbered = number === 1 ? base : `${base}.${number}`;
    if (!taken.has(numbered + ending)) return { free: numbered + ending, resultName: `${numbered}.result.csv` };
  }
}
