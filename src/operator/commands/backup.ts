import { whyNotSaved } from '@field/kit/cannot-save';
import { AppError } from '@field/kit/errors';
import { z } from 'zod';
import { backupPlace } from '../backup/backup-place.ts';
import { type Backup, makeBackup } from '../backup/make-backup.ts';
import { type Checked, restoreBackup, verifyBackup } from '../backup/restore-backup.ts';
import { type CommandGroup, command, type Input } from '../command.ts';
import { howMany } from '../how-many.ts';

const FOLDER = z.string().min(1);
const PLACE: Input<string> = { called: 'folder', what: 'the folder of the backups', schema: FOLDER };
const NAME: Input<string | undefined> = {
  called: 'backup',
  what: 'its name, as `backup list` tells it; the last one if left out',
  schema: z.string().regex(/^\w+$/, 'has only letters and digits.').optional(),
};
const KEEP: Input<number | undefined> = {
  called: 'number',
  what: 'how many backups stay in the folder, this one included; all if left out',
  schema: z
    .string()
    .regex(/^[1-9]\d{0,3}$/, 'must be a whole number from 1 to 9999.')
    .transform(Number)
    .optional(),
};

export const backup: CommandGroup = {
  name: 'backup',
  what: 'copies of all data of the embedded store, sealed with DATA_KEY, made while people work',
  commands: [
    command({
      name: 'make',
      what: 'adds a backup of now to a folder; what lies there from before is not written again',
      takes: {},
      options: { to: PLACE, keep: KEEP },
      async run({ to, keep }, { storeFolder, dataKey, now, progress }) {
        const dataDir = ours(storeFolder());
        const asked = { dataDir, to, keep, dataKey: dataKey(), now: now(), progress };
        const made = await makeBackup(asked).catch((thrown: unknown) => {
          throw noRoom(thrown, dataDir, to);
        });
        if (made.damagedPhotos.length > 0) throw photosDamaged(made);
        return made;
      },
      say: ({ name, documents, files, added }) =>
        `Backup ${name}: ${howMany(documents, 'document')}, ${howMany(files, 'file')}, ${added} of them new. Keep DATA_KEY elsewhere: without it nobody opens it.`,
    }),
    command({
      name: 'list',
      what: 'the backups in a folder, the oldest first',
      takes: {},
      options: { from: PLACE },
      run: async ({ from }, { dataKey }) => ({ backups: await backupPlace(from, dataKey()).names() }),
      say: ({ backups }) => (backups.length === 0 ? 'There is none.' : backups.join('\n')),
    }),
    command({
      name: 'verify',
      what: 'reads all of a backup and says whether it is whole',
      takes: { name: NAME },
      options: { from: PLACE },
      run: ({ name, from }, { dataKey, progress }) => verifyBackup({ from, name, dataKey: dataKey(), progress }),
      say: (checked) => `Backup ${checked.name} is whole: ${holding(checked)}.`,
    }),
    command({
      name: 'restore',
      what: 'brings a backup back into a new folder, which DATA_DIR may name then',
      takes: { name: NAME },
      options: {
        from: PLACE,
        to: { called: 'new folder', what: 'where the data is to be; it is made, or is empty', schema: FOLDER },
      },
      async run({ name, from, to }, { dataKey, progress }) {
        const brought = await restoreBackup(to, { from, name, dataKey: dataKey(), progress }).catch(
          (thrown: unknown) => {
            throw noRoomFor(thrown, to);
          },
        );
        return { to, ...brought };
      },
      say: ({ to, ...checked }) =>
        `${to} is as it was at backup ${checked.name}: ${holding(checked)}. Put daily files that came since then into ${to}/incoming once more: what is known changes nothing.`,
    }),
  ],
};

function holding({ documents, files }: Checked): string {
  return `${howMany(documents, 'document')}, ${howMany(files, 'file')}`;
}

function ours(storeFolder: string | undefined): string {
  if (storeFolder !== undefined) return storeFolder;
  const say =
    'The data is in the database of MONGODB_URI: back it up with mongodump, as docs/operating.md tells; `store check` counts and looks at its photos.';
  throw new AppError('usage.wrong', { say });
}

/** It needs as much room as the store beside the data, and as much as is new where the backups are. */
function noRoom(thrown: unknown, dataDir: string, to: string): unknown {
  if (whyNotSaved(thrown) === undefined) return thrown;
  const say = `No backup was made: ${dataDir} or ${to} cannot take it. Beside the data there must be room for the store once more.`;
  return new AppError('backup.cannot', { say }, { cause: thrown });
}

function noRoomFor(thrown: unknown, to: string): unknown {
  if (whyNotSaved(thrown) === undefined) return thrown;
  return new AppError('backup.cannot', { say: `${to} cannot take it: nothing was restored.` }, { cause: thrown });
}

function photosDamaged({ name, damagedPhotos }: Backup): AppError {
  const say = `Backup ${name} was made, but not of these photos, which are not what was kept: ${damagedPhotos.join(', ')}. Earlier backups may have them.`;
  return new AppError('backup.damaged', { file: name, say });
}
