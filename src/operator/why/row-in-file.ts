import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** In which row of a daily file that was landed something is named, the header being row 1; undefined where the file was taken away. */
export async function rowInFile(incoming: string, file: string, ref: string): Promise<number | undefined> {
  const content = createReadStream(join(incoming, 'done', file), 'latin1');
  let row = 0;
  try {
    for await (const line of createInterface({ input: content, crlfDelay: Number.POSITIVE_INFINITY })) {
      row += 1;
      if (row > 1 && line.split(/[,;\t"]/).includes(ref)) return row;
    }
  } catch {
    // it is not there any more, or not for whoever asks
  } finally {
    content.destroy();
  }
  return undefined;
}
