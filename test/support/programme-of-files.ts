import { mkdtempSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ProgrammeFile } from '../../src/programme/files.ts';
import { shippedFiles, withChange } from './shipped-programme.ts';

/** A product that nobody has heard of: two codes and three photos at each table, and nothing of the business behind the shop. */
const TABLE_CARD = `
  - id: TABLE_CARD
    limits: { spotsPerStore: 20 }
    steps:
      - id: shop
        fields:
          - { id: shopName, is: storeName, type: text, maxLength: 80 }
          - { id: seats, type: number, min: 1, max: 500 }
        slots: [{ id: front, example: storefront.jpg }, { id: menuCard }]
      - id: tables
        repeats: spot
        code: { patterns: [table-card, table-card-old], perSpot: 2 }
        fields:
          - { id: place, is: spotType, type: choice, options: [BAR, TERRACE], initial: BAR }
          - { id: guests, type: number, min: 1, max: 20 }
          - { id: paper, type: choice, options: [MATT, GLOSSY], ofPosm: true }
        slots:
          - { id: around }
          - { id: near, showsCode: true, ofPosm: true }
          - { id: below }

codes:`;

/** Two of its own, and how they are typed: one is read as it is written. */
const PATTERNS = `  patterns:
    - { id: table-card, qr: "^https://cards\\\\.example/t/(?<serial>[a-z0-9]{8})$", typed: "^(?<serial>[a-z0-9]{8})$", canonical: "https://cards.example/t/{serial}" }
    - { id: table-card-old, qr: "^TC:(?<serial>[A-Z0-9]{6})$", typed: "^(?<serial>[A-Z0-9]{6})$", ignoreCase: true, canonical: "TC:{serial}" }
`;

const REASONS = `
reasons:
  TABLE_UNSTEADY: { scope: spot, remedy: MODIFY, asks: [tables, below] }
  CARD_WORN: { scope: posm, remedy: MODIFY, asks: [near, code], forbidsCode: true }
`;

const WORDS = {
  products: `products:
  TABLE_CARD:
    name: Table Card
    what: A card on every table.
    checks: See that every table has one.
    where: Which table?
    foreignCode: This is not a code of a table card.
    stands: "{spot}, card"
    photos:
      around: { shows: the whole table }
      near: { shows: "the card, close up" }
      below: { shows: the foot of the table }
`,
  steps: 'steps:\n  shop: { name: Restaurant }\n',
  fields: `fields:
  shopName: { label: Name over the door }
  seats: { label: Seats }
  place: { label: Place }
  guests: { label: Guests }
  paper: { label: Paper }
`,
  options: 'options:\n  place: { BAR: Bar, TERRACE: Terrace }\n  paper: { MATT: Matt, GLOSSY: Glossy }\n',
  spots: 'spots:\n  BAR: "Bar {number}"\n  TERRACE: "Terrace {number}"\n',
  slots: `slots:
  front: { name: Front, example: The whole front. }
  menuCard: { name: Menu }
  around: { name: Table }
  near: { name: Card }
  below: { name: Foot }
`,
  parts: 'parts:\n  tables: the table\n  below: the photo of the foot\n  near: the photo of the card\n',
  reasons: 'reasons:\n  TABLE_UNSTEADY: { short: table does not stand firmly }\n  CARD_WORN: { short: card is worn }\n',
} as const;

/** The programme that is shipped, in English only, with the Red Packet switched on and a product that nobody has heard of. */
export function widerProgramme(): readonly ProgrammeFile[] {
  const facts: readonly (readonly [string | RegExp, string])[] = [
    [/languages: \[.*\]/, 'languages: [en]'],
    [/on: false/, 'on: true'],
    ['\ncodes:', TABLE_CARD],
    ['  patterns:\n', PATTERNS],
    [/plain: \[/, 'plain: [shop, tables, '],
    [/verify-then-deploy: \[store, verification, /, 'verify-then-deploy: [shop, store, verification, tables, '],
    [/deploy-then-verify: \[/, 'deploy-then-verify: [shop, tables, '],
    ['\nreasons:\n', REASONS],
  ];
  let files: readonly ProgrammeFile[] = shippedFiles().filter(
    ({ name }) => !name.endsWith('.yaml') || name === 'programme.yaml' || name === 'en.yaml',
  );
  for (const [old, text] of facts) files = withChange('programme.yaml', old, text, files);
  for (const [block, text] of Object.entries(WORDS))
    files = withChange('en.yaml', new RegExp(`^${block}:\\n`, 'm'), text, files);
  return files;
}

/** These files in a folder of their own; answers its path. */
export async function writeProgramme(files: readonly ProgrammeFile[]): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'programme-'));
  for (const { name, bytes } of files) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), bytes);
  }
  return folder;
}
