import { AppError } from '@field/kit/errors';
import { z } from 'zod';
import { findIso } from '../../../models/isos.ts';
import { checkAgain, dropPictureAside, picturesAside } from '../../../models/pictures.ts';
import { type CommandGroup, command, OP } from '../command.ts';

const PICTURE_ID = {
  called: 'pictureId',
  what: `the picture, as ${OP} pictures list names it`,
  schema: z.string().min(1, 'is empty: write the id of a picture.'),
};

const list = command({
  name: 'list',
  what: 'lists the pictures that ended the process that checked them, and so are checked no more',
  takes: {},
  options: {},
  run: (_, { onStore }) => onStore(async () => ({ pictures: await Promise.all((await picturesAside()).map(lineOf)) })),
  say: ({ pictures }) =>
    pictures.length === 0
      ? 'No picture is kept aside.'
      : pictures
          .map(({ pictureId, iso, about, sentAt }) => `${pictureId}  ${iso}  ${about}  sent ${sentAt}`)
          .join('\n'),
});

const retry = command({
  name: 'retry',
  what: 'has such a picture checked once more, within seconds',
  takes: { pictureId: PICTURE_ID },
  options: {},
  run: ({ pictureId }, { onStore }) => onStore(() => done(pictureId, checkAgain)),
  say: ({ pictureId }) => `${pictureId} is checked once more.`,
});

const drop = command({
  name: 'drop',
  what: 'forgets such a picture; who sent it was told to take a new one',
  takes: { pictureId: PICTURE_ID },
  options: {},
  run: ({ pictureId }, { onStore }) => onStore(() => done(pictureId, dropPictureAside)),
  say: ({ pictureId }) => `${pictureId} is forgotten.`,
});

export const pictures: CommandGroup = {
  name: 'pictures',
  what: 'pictures that could not be checked and are kept aside',
  commands: [list, retry, drop],
};

async function lineOf({ pictureId, isoId, about, sentAt, asideAt }: Awaited<ReturnType<typeof picturesAside>>[number]) {
  const iso = (await findIso(isoId))?.email ?? isoId;
  const time = (at: number): string => new Date(at).toISOString();
  return { pictureId, iso, about: `${about.kind} ${about.id}`, sentAt: time(sentAt), asideAt: time(asideAt) };
}

async function done(pictureId: string, what: (pictureId: string) => Promise<boolean>): Promise<{ pictureId: string }> {
  if (await what(pictureId)) return { pictureId };
  const say = `No picture ${pictureId} is kept aside. See: ${OP} pictures list`;
  throw new AppError('picture.notAside', { pictureId, say });
}
