import { flagsOfPhotos } from '../../models/photos.ts';
import type { TapContext } from '../../src/bot/context.ts';
import { type LineFacts, type OutgoingRow, outgoingRow } from '../../src/daily/submission-line.ts';

/** A line as it waits to be handed over, with what its reviewer should look at of its photos. */
export async function flaggedRow({ tx }: Pick<TapContext, 'tx'>, line: LineFacts): Promise<OutgoingRow> {
  const hashes = line.photos.map(({ sha256 }) => sha256);
  const flags = await flagsOfPhotos(line.isoId, hashes, tx);
  if (flags.size === 0) return outgoingRow(line);
  const photos = line.photos.map((photo) => {
    const found = flags.get(photo.sha256);
    return found === undefined ? photo : { ...photo, flags: [...found] };
  });
  return outgoingRow({ ...line, photos });
}
