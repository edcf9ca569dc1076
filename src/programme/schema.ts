import { z } from 'zod';
import { LANGUAGE_NAMES, type Language } from '../domain/languages.ts';
import { codes } from './code-schema.ts';
import { NAME } from './ids.ts';
import { products } from './product-schema.ts';
import { appeals, deadlines, photos, policy, reasons, reminders, unknownReason } from './review-schema.ts';
import { fees, inspection, MARKET, markets, orders, payments } from './work-schema.ts';

const LANGUAGE = z.enum(Object.keys(LANGUAGE_NAMES) as [Language, ...Language[]]);

/** `programme.yaml` (docs/programme.md): what a programme is, but for its words. */
export const PROGRAMME_SCHEMA = z
  .strictObject({
    name: NAME.describe('What the programme is called: the name of its folder.'),
    languages: z
      .array(LANGUAGE)
      .min(1)
      .describe('Those it has words in, a file each; the first is for whoever reads another one.'),
    markets,
    defaultMarket: MARKET.describe('The country of a shop and of a phone number where nothing says which.'),
    products,
    codes,
    orders,
    policy,
    photos,
    deadlines,
    reminders,
    appeals,
    reasons,
    unknownReason,
    payments,
    inspection,
    fees,
  })
  .describe('What a programme of field work is: products, codes, policy, reasons, order of work.');
