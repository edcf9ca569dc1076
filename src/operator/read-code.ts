import { readFile } from 'node:fs/promises';
import { AppError } from '@field/kit/errors';
import { shapeIdOf } from '../../models/code-shapes.ts';
import { type ForeignKind, readPayload } from '../domain/code.ts';
import { patternFor, shapeOf, type WrittenPattern } from '../domain/code-shape.ts';
import type { RefusalReason } from '../media/check-photo.ts';
import { createPhotoProcess } from '../media/photo-process.ts';
import { codeRulesOf, codeRulesOfAll } from '../programme/code-rules.ts';
import type { Programme } from '../programme/programme.ts';
import { readFolder } from '../programme-in-use/read-folder.ts';
import { readToApply } from '../programme-in-use/read-or-refuse.ts';
import type { Operator } from './command.ts';

/** As what a code counts for a product: as its own, as something else, or as one that nobody knows. */
export interface TakenFor {
  readonly product: string;
  readonly as: 'ours' | 'unknown' | ForeignKind;
}

/** One code of a photo, as a programme reads it. */
export interface CodeInPhoto {
  /** All that it says. */
  readonly says: string;
  readonly shape: string;
  /** The pattern that reads it, and what that takes for its serial. */
  readonly pattern?: string | undefined;
  readonly serial?: string | undefined;
  /** For each product that has codes. */
  readonly takenFor: readonly TakenFor[];
  /** A pattern that would have it count; absent where one does, where it is known to be something else, or nothing is told apart. */
  readonly proposed?: WrittenPattern | undefined;
}

export interface PhotoRead {
  readonly photo: string;
  readonly codes: readonly CodeInPhoto[];
}

export interface PhotosRead {
  readonly folder: string;
  readonly photos: readonly PhotoRead[];
}

/**
 * What the bot would read in these photos by the programme of a folder. No store is opened, nothing is asked of the network. Errors:
 * `picture.cannotBeUsed` with every photo that could not be read, `programme.wrong`.
 */
export async function readPhotos(
  photos: readonly string[],
  asked: string | undefined,
  { programmeFolder }: Pick<Operator, 'programmeFolder'>,
): Promise<PhotosRead> {
  const folder = asked ?? programmeFolder();
  const programme = readToApply(await readFolder(folder));
  const checker = createPhotoProcess({ wanted: () => programme.codes.patterns });
  const read: PhotoRead[] = [];
  const wrong: string[] = [];
  try {
    for (const photo of photos) {
      const said = await payloadsIn(photo, checker);
      if (typeof said === 'string') wrong.push(`${photo} ${said}`);
      else read.push({ photo, codes: said.map((says) => codeIn(says, programme)) });
    }
  } finally {
    await checker.close();
  }
  if (wrong.length > 0) throw new AppError('picture.cannotBeUsed', { say: wrong.join('\n') });
  return { folder, photos: read };
}

/** Why a photo cannot be read, said after its name. */
const BECAUSE: Readonly<Record<RefusalReason, string>> = {
  'picture.notAnImage': 'is no picture: name a photo, as JPEG, PNG or WebP.',
  'picture.unsupportedFormat': 'is of a kind that cannot be opened here: save it as JPEG.',
  'picture.tooBig': 'is too large: 20 MB and 210 million pixels at most.',
  'picture.tooHeavy': 'takes too much memory to open: save it as a plain JPEG.',
  'picture.tooSmall': 'is too small, and no code in it can be read: send the photo itself, not a preview.',
  'picture.unreadable': 'is damaged or cut off: copy it once more.',
};

type Checker = Pick<ReturnType<typeof createPhotoProcess>, 'check'>;

/** What the codes of a photo say, each once; or a sentence, without its beginning, why it cannot be read. */
async function payloadsIn(photo: string, checker: Checker): Promise<readonly string[] | string> {
  let bytes: Buffer;
  try {
    bytes = await readFile(photo);
  } catch (error) {
    return `cannot be read: ${error instanceof Error ? error.message : String(error)}.`;
  }
  const verdict = await checker.check(bytes);
  return verdict.kept ? verdict.codes : BECAUSE[verdict.reason];
}

function codeIn(says: string, programme: Programme): CodeInPhoto {
  const said = says.trim();
  const patterns = codeRulesOfAll(programme).patterns.map((pattern) => ({ pattern, serial: pattern.inPayload(said) }));
  const found = patterns.find(({ serial }) => serial !== undefined);
  const takenFor = programme.products
    .filter(({ steps }) => steps.some(({ code }) => code !== undefined))
    .map(({ id: product }): TakenFor => {
      const read = readPayload(said, codeRulesOf(programme, product));
      if (read.kind === 'foreign') return { product, as: read.says };
      return { product, as: read.kind === 'ours' ? 'ours' : 'unknown' };
    });
  const shape = shapeOf(said);
  const [unknownTo] = takenFor.filter(({ as }) => as === 'unknown');
  return {
    says,
    shape: shape.shape,
    pattern: found?.pattern.id,
    serial: found?.serial,
    takenFor,
    proposed: unknownTo && patternFor(shapeIdOf(shape.shape, unknownTo.product), shape),
  };
}
