import { accessSync, constants } from 'node:fs';
import { root } from './root.mjs';
import { sayable } from './sayable.mjs';

/** Throws with a sentence where who starts this may not write where the product lies: under systemd, say, after an upgrade. */
export function assertMayChange(what) {
  try {
    accessSync(root, constants.W_OK);
  } catch {
    throw sayable(
      `The product in ${root.replace(/[\\/]$/, '')} ${what}, and this user may not write there. Run in it, as its owner: npm ci --omit=dev && npm run build`,
    );
  }
}
