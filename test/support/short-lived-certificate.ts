import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const HAS_OPENSSL = spawnSync('openssl', ['version']).status === 0;

/** How a small authority signs what it is asked to, itself included. */
const AUTHORITY = `[ca]
default_ca = own
[own]
database = index
serial = serial
new_certs_dir = .
default_md = sha256
policy = any
copy_extensions = copy
[any]
commonName = supplied
`;

/** A certificate for 127.0.0.1 that its own key signed, valid from then until then (`20200101000000Z`), in PEM. */
export function certificateFor(from: string, until: string): { readonly key: Buffer; readonly cert: Buffer } {
  const cwd = mkdtempSync(join(tmpdir(), 'certificate-'));
  try {
    writeFileSync(join(cwd, 'settings'), AUTHORITY);
    writeFileSync(join(cwd, 'index'), '');
    writeFileSync(join(cwd, 'serial'), '01');
    const asked = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1', '-out', 'request.pem'];
    const signed = ['-selfsign', '-keyfile', 'key.pem', '-in', 'request.pem', '-out', 'cert.pem', '-notext'];
    for (const args of [
      ['genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-out', 'key.pem'],
      ['req', '-new', '-key', 'key.pem', ...asked],
      ['ca', '-batch', '-config', 'settings', ...signed, '-startdate', from, '-enddate', until],
    ]) {
      const { status, stderr } = spawnSync('openssl', args, { cwd, encoding: 'utf8' });
      if (status !== 0) throw new Error(`openssl ${args[0]}: ${stderr}`);
    }
    return { key: readFileSync(join(cwd, 'key.pem')), cert: readFileSync(join(cwd, 'cert.pem')) };
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}
