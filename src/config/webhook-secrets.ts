import { z } from 'zod';

/** How an operator makes one. */
export const NEW_SECRET = `node -p "'whsec_' + crypto.randomBytes(32).toString('base64')"`;

const IN_BASE64 = /^whsec_(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
/** As Standard Webhooks asks. */
const BYTES = { least: 24, most: 64 } as const;

/** Secrets as Standard Webhooks writes them, with blanks or commas between several; what they are is in no message. */
export const webhookSecrets = z
  .string()
  .transform((value) => value.split(/[\s,]+/).filter((secret) => secret !== ''))
  .refine(
    (given) => given.every(isSecret),
    `must be whsec_ and ${BYTES.least} to ${BYTES.most} bytes in base64, several with blanks between; make one with: ${NEW_SECRET}`,
  )
  .transform((given) => given.map(bytesOf));

function isSecret(secret: string): boolean {
  const { length } = bytesOf(secret);
  return IN_BASE64.test(secret) && length >= BYTES.least && length <= BYTES.most;
}

function bytesOf(secret: string): Buffer {
  return Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
}
