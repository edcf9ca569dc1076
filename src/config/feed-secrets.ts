import { z } from 'zod';

/** What signs daily files that are uploaded; its name is said with each. */
export interface FeedSecret {
  readonly name: string;
  readonly secret: Buffer;
}

const ONE = /^([a-z0-9-]{1,32}):([A-Za-z0-9+/]{43,}={0,2})$/;
const LEAST_BYTES = 32;
const NEW_SECRET = `node -p "crypto.randomBytes(32).toString('base64')"`;

/** `name:secret`, several with commas between them; the secret is 32 bytes or more in base64. */
export const feedSecrets = z
  .string()
  .transform((value) => value.split(',').map((one) => ONE.exec(one.trim())))
  .refine(
    (parts) => parts.every((part) => part !== null && secretOf(part).length >= LEAST_BYTES),
    `must be name:secret, or several with commas between them, the name in small letters, the secret 32 bytes or more in base64; make one with: ${NEW_SECRET}`,
  )
  .transform((parts) => parts.flatMap((part) => (part ? [{ name: part[1] ?? '', secret: secretOf(part) }] : [])))
  .refine(
    (secrets) => new Set(secrets.map(({ name }) => name)).size === secrets.length,
    'must have another name for each secret.',
  );

function secretOf(part: RegExpExecArray): Buffer {
  return Buffer.from(part[2] ?? '', 'base64');
}
