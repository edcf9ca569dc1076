import type { Check } from './check.ts';
import { codes } from './codes.ts';
import { fields } from './fields.ts';
import { reasons } from './reasons.ts';
import { steps } from './steps.ts';
import { uniqueNames } from './unique-names.ts';
import { work } from './work.ts';

/** What is asked of a programme once its file is right in form. */
export const CHECKS: readonly Check[] = [uniqueNames, fields, steps, codes, reasons, work];
