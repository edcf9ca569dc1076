import { eraseContent, shapesWithoutCodes } from '../../models/bindings.ts';
import { forgetShapes } from '../../models/code-shapes.ts';
import { nameErased, type OpenedRow, rewriteContact, rowsWithContents } from '../../models/personal-rows.ts';
import { currentProgramme, FIRST_VERSION } from '../../models/programme-in-use.ts';
import { type Code, NO_CODES, readPayload } from '../domain/code.ts';
import { contactWithin } from '../domain/contact-within.ts';
import { contentsNamed, type Erasing, withoutContents } from '../domain/erased-content.ts';

/** What codes that count for nothing say of somebody who is any of these: phones, e-mails, names. */
export function contentsOf(texts: readonly string[]): Erasing {
  const says = texts.map(contactWithin);
  const { version, ...programme } = currentProgramme();
  const rules = version < FIRST_VERSION ? NO_CODES : programme.inspection.codes;
  return {
    isNamed: (content) => says.some((isSaid) => isSaid(content)),
    kindOf: (content) => readPayload(content, rules).kind,
    nameOf: nameErased,
  };
}

/** Everywhere such contents stand: the whole rows. */
export async function rowsWithContentsOf(erasing: Erasing): Promise<readonly OpenedRow[]> {
  const found: OpenedRow[] = [];
  for await (const one of rowsWithContents()) if (contentsNamed(one.row, erasing).length > 0) found.push(one);
  return found;
}

/** Of a row only the contents: the rest is about others. */
export function onlyContents({ collection, row }: OpenedRow, erasing: Erasing): OpenedRow {
  return { collection, row: { _id: row._id, codesSay: contentsNamed(row, erasing) } };
}

/**
 * Erases such contents everywhere. Each is called by a name that says nothing, so that what stands at a spot is one code still; no kind is
 * left of it. Answers in how many rows some are left, since somebody changed them at that moment.
 */
export async function eraseContents(erasing: Erasing): Promise<number> {
  const shapes = new Set<string>();
  for (const one of await rowsWithContentsOf(erasing)) {
    const { row } = one;
    if (one.collection === 'bindings') {
      await eraseContent(row._id, String(row.codeHash), withoutContents(row.code as Code, erasing));
      if (typeof row.shapeId === 'string') shapes.add(row.shapeId);
    } else await rewriteContact(one, (value) => withoutContents(value, erasing));
  }
  await forgetShapes(await shapesWithoutCodes([...shapes]));
  return (await rowsWithContentsOf(erasing)).length;
}
