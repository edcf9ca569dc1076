import { once } from 'node:events';
import { isIP } from 'node:net';
import { connect } from 'node:tls';
import { present } from '@field/kit/present';
import { type Finding, ok, warning } from './finding.ts';

const TIMEOUT_MS = 5_000;
const DAY_MS = 24 * 3_600_000;
/** What renews itself does so a month before. */
const SOON_MS = 14 * DAY_MS;
export const RENEW = 'Renew the certificate of the reverse proxy, and see that it renews itself from now on.';

/** How long the certificate of an https address holds still; nothing where it is none that holds, which is told elsewhere. `ca`: whom to trust besides. */
export async function lookAtCertificate(
  address: string | undefined,
  now: number,
  ca?: string,
): Promise<readonly Finding[]> {
  if (address === undefined || !address.startsWith('https:')) return [];
  const { hostname, port } = new URL(address);
  const until = await holdsUntil(hostname.replace(/^\[|\]$/g, ''), Number(port || 443), ca);
  if (until === undefined) return [];
  const says = `the certificate of ${hostname} holds until ${new Date(until).toISOString().slice(0, 10)}`;
  return [until - now < SOON_MS ? warning('certificate', says, RENEW) : ok('certificate', says)];
}

async function holdsUntil(host: string, port: number, ca: string | undefined): Promise<number | undefined> {
  const socket = connect(present({ host, port, servername: isIP(host) === 0 ? host : undefined, ca }));
  try {
    await once(socket, 'secureConnect', { signal: AbortSignal.timeout(TIMEOUT_MS) });
    const until = Date.parse(socket.getPeerCertificate().valid_to);
    return Number.isNaN(until) ? undefined : until;
  } catch {
    return undefined;
  } finally {
    socket.on('error', () => undefined).destroy();
  }
}
