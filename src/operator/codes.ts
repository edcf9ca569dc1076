import { AppError } from '@field/kit/errors';
import { present } from '@field/kit/present';
import { bindingsOfShape, type DoubtfulBinding } from '../../models/bindings.ts';
import { findShape, type ShapeOfCodes, shapesOfCodes } from '../../models/code-shapes.ts';
import { readPayload } from '../domain/code.ts';
import { type CodeShape, patternFor, shapeOf, type WrittenPattern } from '../domain/code-shape.ts';
import { type WrittenForeign, withForeign, withPattern } from '../programme/add-code.ts';
import { codeRulesOf } from '../programme/code-rules.ts';
import type { ProgrammeFile } from '../programme/files.ts';
import { applyProgramme, currentVersion } from '../programme-in-use/apply.ts';
import { readToApply } from '../programme-in-use/read-or-refuse.ts';
import { OP, type Operator } from './command.ts';
import { howMany } from './how-many.ts';

type Needed = Pick<Operator, 'ids' | 'now' | 'onStore'>;

/** A kind of codes that no pattern knows, as it is listed: nothing of it names a code or a person. */
export interface ListedShape extends Pick<ShapeOfCodes, 'shapeId' | 'shape' | 'product'> {
  readonly firstAt: string;
  /** How many stand somewhere, and of how many ISOs. */
  readonly codes: number;
  readonly isos: number;
  /** Of those how many no version will count, and how many are at another spot as well. */
  readonly refused: number;
  readonly clashes: number;
  readonly pattern?: WrittenPattern | undefined;
}

/** What stands somewhere and no pattern knows, by kind, the first one first. */
export async function listShapes({
  onStore,
}: Pick<Needed, 'onStore'>): Promise<{ readonly kinds: readonly ListedShape[] }> {
  return await onStore(async () => {
    const kinds: ListedShape[] = [];
    for (const shape of await shapesOfCodes()) {
      const bindings = await bindingsOfShape(shape.shapeId);
      if (bindings.length > 0) kinds.push(listed(shape, bindings));
    }
    return { kinds };
  });
}

function listed({ shapeId, shape, product, firstAt }: ShapeOfCodes, bindings: readonly DoubtfulBinding[]): ListedShape {
  const are = (doubt: DoubtfulBinding['doubt']): number => bindings.filter((one) => one.doubt === doubt).length;
  return {
    shapeId,
    shape,
    product,
    firstAt: new Date(firstAt).toISOString(),
    codes: bindings.length,
    isos: new Set(bindings.map(({ isoId }) => isoId)).size,
    refused: are('refused'),
    clashes: are('clash'),
    pattern: patternFor(shapeId, commonShape(bindings)),
  };
}

function commonShape([first]: readonly DoubtfulBinding[]): CodeShape {
  return shapeOf(first?.code.canonicalUrl ?? '');
}

/** What became of a kind of codes: the version that says so, and what to write into the folder. */
export interface Decided {
  readonly shapeId: string;
  readonly version: number;
  readonly product: string;
  readonly says: WrittenPattern | WrittenForeign;
}

/** What an operator writes instead of what is proposed. */
export type OwnPattern = { readonly [Key in 'id' | 'qr' | 'typed' | 'canonical']?: string | undefined };

/**
 * Makes a pattern of a kind of codes that counts for its product, in a new version of the programme. It must read every code of that
 * kind. Errors: `codes.unknownKind`, `codes.notRead`, `programme.wrong`.
 */
export async function acceptShape(shapeId: string, own: OwnPattern, operator: Needed): Promise<Decided> {
  return await operator.onStore(async () => {
    const { shape, bindings, files } = await asked(shapeId);
    const proposed = patternFor(own.id ?? shapeId, commonShape(bindings));
    const { qr = proposed?.qr, canonical = proposed?.canonical } = own;
    const typed = own.typed ?? (own.qr === undefined ? proposed?.typed : undefined);
    if (qr === undefined || canonical === undefined)
      throw notRead(
        shapeId,
        'These codes have nothing in common that a pattern could go by: say --qr and --canonical.',
      );
    const ignoreCase = own.qr === undefined && proposed?.ignoreCase === true;
    const says = present({ id: own.id ?? shapeId, qr, typed, ignoreCase, canonical });
    const changed = withPattern(files, shape.product, says);
    const rules = codeRulesOf(readToApply(changed), shape.product);
    const left = bindings.filter(({ code }) => readPayload(code.canonicalUrl, rules).kind !== 'ours').length;
    if (left > 0)
      throw notRead(
        shapeId,
        `The pattern does not read ${left} of ${howMany(bindings.length, 'code')} of that kind: write another one.`,
      );
    return { shapeId, product: shape.product, says, version: await applied(changed, operator) };
  });
}

/** Says of a kind of codes that it is something else, in a new version. Errors: `codes.unknownKind`, `codes.notRead`, `programme.wrong`. */
export async function refuseShape(
  shapeId: string,
  kind: WrittenForeign['says'],
  own: { readonly starts?: string | undefined },
  operator: Needed,
): Promise<Decided> {
  return await operator.onStore(async () => {
    const { shape, bindings, files } = await asked(shapeId);
    const starts = own.starts ?? commonShape(bindings).begins;
    const begins = starts.toLowerCase();
    if (starts.length < 4 || bindings.some(({ code }) => !code.canonicalUrl.toLowerCase().startsWith(begins)))
      throw notRead(shapeId, 'Not all codes of that kind begin so: say --starts with what they begin with.');
    const says = { id: shapeId, starts, says: kind };
    return { shapeId, product: shape.product, says, version: await applied(withForeign(files, says), operator) };
  });
}

async function asked(shapeId: string) {
  const shape = await findShape(shapeId);
  const bindings = shape === undefined ? [] : await bindingsOfShape(shapeId);
  const current = await currentVersion();
  if (shape === undefined || bindings.length === 0 || current === undefined) {
    const say = `No code of a kind ${shapeId} stands anywhere. See: ${OP} programme codes list`;
    throw new AppError('codes.unknownKind', { shapeId, say });
  }
  return { shape, bindings, files: current.files };
}

async function applied(files: readonly ProgrammeFile[], { ids, now }: Needed): Promise<number> {
  return (await applyProgramme(files, { by: 'operator', at: now(), cause: ids.next() })).version;
}

function notRead(shapeId: string, say: string): AppError {
  return new AppError('codes.notRead', { shapeId, say });
}
