import { AppError } from '@field/kit/errors';
import ssh2 from 'ssh2';
import { expect, it } from 'vitest';
import { assertKeyReads, fingerprintOf } from '../../../src/daily/sources/sftp/connect.ts';
import { ed25519Pair } from '../../support/sftp-server.ts';

const { utils } = ssh2;

/** What the operator reads when the bot starts with this key. */
function saidOf(key: string): unknown {
  try {
    assertKeyReads({ key: Buffer.from(key) });
  } catch (error) {
    if (error instanceof AppError && error.code === 'config.invalid') return error.details.say;
    throw error;
  }
  return undefined;
}

it('a private key is taken, of whichever kind', () => {
  expect(saidOf(ed25519Pair().private)).toBeUndefined();
  expect(saidOf(utils.generateKeyPairSync('ecdsa', { bits: 256 }).private)).toBeUndefined();
  expect(saidOf(utils.generateKeyPairSync('rsa', { bits: 2048 }).private)).toBeUndefined();
});

it('a key with a passphrase, and what is no key, are refused at the start, with what to make', () => {
  const locked = utils.generateKeyPairSync('ed25519', { passphrase: 'of the test', cipher: 'aes256-ctr', rounds: 1 });
  const say = 'SFTP_KEY_FILE must be a private key without a passphrase, as ssh-keygen -t ed25519 makes one.';
  expect([saidOf(locked.private), saidOf('no key'), saidOf('')]).toEqual([say, say, say]);
});

it('a fingerprint is written as OpenSSH writes it', () => {
  expect(fingerprintOf(Buffer.alloc(0))).toBe('SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU');
});
