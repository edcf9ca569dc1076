import { fileURLToPath } from 'node:url';

/** The built bot of this checkout. */
export const BOT_ENTRY = fileURLToPath(new URL('../../../dist/src/main.js', import.meta.url));

/** The operator's command line beside it. */
export const OP_ENTRY = fileURLToPath(new URL('../../../dist/scripts/op.js', import.meta.url));

/** Its card template, in the builder's export format. */
export const TEMPLATE_FILE = fileURLToPath(new URL('../../../cards/template.json', import.meta.url));
