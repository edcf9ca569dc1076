import { type CaptureHeader, type CaptureSeal, IV_BYTES, SEAL_INFO } from './protocol.ts';

const LENGTH_BYTES = 4;

/** Seals what was taken for the bot alone, as `CaptureSeal` says: not even this phone reads it again. */
export async function sealed(
  seal: CaptureSeal,
  header: CaptureHeader,
  photo: Uint8Array,
): Promise<Uint8Array<ArrayBuffer>> {
  const curve = { name: 'ECDH', namedCurve: 'P-256' };
  const ours = await crypto.subtle.generateKey(curve, false, ['deriveBits']);
  const theirs = await crypto.subtle.importKey('raw', fromBase64Url(seal.publicKey), curve, false, []);
  const ephemeral = new Uint8Array(await crypto.subtle.exportKey('raw', ours.publicKey));
  const secret = await crypto.subtle.deriveBits({ name: 'ECDH', public: theirs }, ours.privateKey, 256);
  const derivation = { name: 'HKDF', hash: 'SHA-256', salt: ephemeral, info: new TextEncoder().encode(SEAL_INFO) };
  const material = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey']);
  const cipher = { name: 'AES-GCM', length: 256 };
  const key = await crypto.subtle.deriveKey(derivation, material, cipher, false, ['encrypt']);
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const closed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, plainOf(header, photo));
  return joined([ephemeral, iv, new Uint8Array(closed)]);
}

/** The name of an upload: SHA-256 of what is sealed, hexadecimal. */
export async function nameOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function plainOf(header: CaptureHeader, photo: Uint8Array): Uint8Array<ArrayBuffer> {
  const text = new TextEncoder().encode(JSON.stringify(header));
  const length = new Uint8Array(LENGTH_BYTES);
  new DataView(length.buffer).setUint32(0, text.length);
  return joined([length, text, photo]);
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  const plain = atob(text.replace(/-/g, '+').replace(/_/g, '/'));
  return Uint8Array.from(plain, (character) => character.charCodeAt(0));
}
