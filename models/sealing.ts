import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { AppError } from '@field/kit/errors';
import { type PrivateKey, privateKey } from './private-key.ts';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

interface Keys {
  readonly seal: Buffer;
  readonly index: Buffer;
  readonly captures: PrivateKey;
}

let keys: Keys | undefined;

/** Sets the key that everything sealed here is sealed with: 32 bytes (`DATA_KEY`). Called once, before any model is used. */
export function useDataKey(dataKey: Buffer): void {
  if (dataKey.length !== 32) throw new AppError('config.invalid', { variable: 'DATA_KEY', bytes: dataKey.length });
  const derive = (purpose: string): Buffer => createHmac('sha256', dataKey).update(purpose).digest();
  keys = { seal: derive('seal'), index: derive('index'), captures: privateKey((nth) => derive(`captures ${nth}`)) };
}

/** Encrypts personal data for the database: AES-256-GCM, base64 of nonce, tag and text (architecture 12). */
export function seal(text: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', dataKeys().seal, nonce);
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64');
}

/** Opens what `seal` made; `sealed.unreadable` when it was changed or sealed with another key. */
export function unseal(sealed: string): string {
  const bytes = Buffer.from(sealed, 'base64');
  try {
    const decipher = createDecipheriv('aes-256-gcm', dataKeys().seal, bytes.subarray(0, NONCE_BYTES));
    decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    return decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
  } catch (cause) {
    throw new AppError('sealed.unreadable', {}, { cause });
  }
}

/** A keyed hash by which a sealed value can be looked up without being readable. */
export function blindIndex(text: string): string {
  return createHmac('sha256', dataKeys().index).update(text).digest('base64');
}

/** `seal` for any plain value; `unsealJson` gives it back. The caller knows its type, since it sealed it. */
export function sealJson(value: unknown): string {
  return seal(JSON.stringify(value));
}

export function unsealJson<T>(sealed: string): T {
  return JSON.parse(unseal(sealed)) as T;
}

/** Its own half stays here; everybody may seal with the other. Follows from `DATA_KEY`: all processes have the same. */
export function captureKey(): PrivateKey {
  return dataKeys().captures;
}

function dataKeys(): Keys {
  if (keys === undefined) throw new AppError('bug.unexpected', { why: 'a model was used before useDataKey' });
  return keys;
}
