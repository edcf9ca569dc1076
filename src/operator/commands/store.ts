import { checkStore } from '@field/embedded-store';
import { AppError } from '@field/kit/errors';
import { documentCounts } from '../../../models/database.ts';
import { checkPhotos } from '../check-photos.ts';
import { type CommandGroup, command } from '../command.ts';
import { howMany } from '../how-many.ts';

const check = command({
  name: 'check',
  what: 'counts all that is stored, looks through it for damage, and reads every photo; changes nothing',
  takes: {},
  options: {},
  async run(_, { storeFolder, onStore, photos, progress }) {
    const folder = storeFolder();
    const { damage = [] } = folder === undefined ? {} : await checkStore(folder);
    if (folder !== undefined && damage.length > 0) throw broken(folder, damage);
    const found = await onStore(async () => ({
      collections: await documentCounts(),
      ...(await checkPhotos(photos().photos, progress)),
    }));
    if (found.wrongPhotos.length > 0) throw photosMissing(found.wrongPhotos);
    const documents = Object.values(found.collections).reduce((sum, count) => sum + count, 0);
    return { documents, photos: found.photos, collections: found.collections };
  },
  say: ({ documents, photos, collections }) =>
    [
      ...Object.entries(collections).map(([name, count]) => `${String(count).padStart(10)}  ${name}`),
      `${howMany(documents, 'document')}, ${howMany(photos, 'photo')}: all as they were stored.`,
    ].join('\n'),
});

export const store: CommandGroup = {
  name: 'store',
  what: 'what is stored, in the embedded store or a MongoDB',
  commands: [check],
};

function broken(folder: string, damage: readonly string[]): AppError {
  const say = `${damage.join('\n')}\nStop the bot and restore the last backup in place of ${folder}.`;
  return new AppError('store.damaged', { folder, say });
}

function photosMissing(hashes: readonly string[]): AppError {
  const say = `Not there, or not what was kept: ${howMany(hashes.length, 'photo')} (${hashes.join(', ')}). Restore from a backup.`;
  return new AppError('store.damaged', { photos: String(hashes.length), say });
}
