import { z } from 'zod';
import type { ForeignKind } from '../domain/code.ts';
import { command } from './command.ts';
import { type CodeInPhoto, type PhotosRead, readPhotos, type TakenFor } from './read-code.ts';

export const readCode = command({
  name: 'read-code',
  what: 'tells which codes stand in photos, what they are taken for, and a pattern for what is not known',
  takes: {
    photos: {
      called: 'photo',
      what: 'a photo of a code, or several',
      schema: z.array(z.string().min(1, 'is empty: write the name of a photo.')),
      many: true,
    },
  },
  options: {
    folder: {
      called: 'folder',
      what: 'the folder of the programme by which they are read',
      schema: z.string().min(1, 'is empty: write the name of a folder.').optional(),
    },
  },
  run: ({ photos, folder }, operator) => readPhotos(photos, folder, operator),
  say: sayPhotos,
});

function sayPhotos({ folder, photos }: PhotosRead): string {
  const proposed = new Map(
    photos.flatMap(({ codes }) => codes.flatMap(({ proposed: one }) => (one === undefined ? [] : [[one.id, one]]))),
  );
  return [
    ...photos.flatMap(({ photo, codes }) => [
      codes.length === 0 ? `${photo}: no QR code can be read.` : `${photo}:`,
      ...codes.flatMap(sayCode),
    ]),
    ...(proposed.size === 0
      ? []
      : [
          `To have them count, write into codes.patterns of ${folder}/programme.yaml, and the id into code.patterns of the step:`,
          ...[...proposed.values()].map((pattern) => `    - ${JSON.stringify(pattern)}`),
        ]),
  ].join('\n');
}

function sayCode({ says, shape, pattern, serial, takenFor, proposed }: CodeInPhoto): readonly string[] {
  const isUnknown = takenFor.some(({ as }) => as === 'unknown');
  return [
    `  ${JSON.stringify(says)}`,
    `  kind: ${shape}`,
    ...(pattern === undefined ? [] : [`  pattern ${pattern}, serial ${serial}`]),
    ...takenFor.map(sayTaken),
    ...(isUnknown && proposed === undefined ? ['  it has nothing that a pattern could go by'] : []),
  ];
}

const TAKEN_AS: Readonly<Record<ForeignKind, string>> = {
  paymentCode: 'a payment code, which does not count',
  walletLink: "a wallet's link, which does not count",
  chatLink: "a chat app's link, which does not count",
  otherCode: 'something else, which does not count',
  otherProduct: 'a code of another product',
};

function sayTaken({ product, as }: TakenFor): string {
  if (as === 'ours') return `  ${product}: it counts`;
  return as === 'unknown' ? `  ${product}: nobody knows it` : `  ${product}: ${TAKEN_AS[as]}`;
}
