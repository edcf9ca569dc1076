import { writeFileSync } from 'node:fs';
import { cardTemplateText } from '../cards/template.ts';

// Writes the card template for the builder's import: `npm run card-template -- [file]`.
const file = process.argv[2] ?? 'cards/template.json';
writeFileSync(file, cardTemplateText());
process.stdout.write(`${file}\n`);
