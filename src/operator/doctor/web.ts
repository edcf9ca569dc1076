import { lookup } from 'node:dns/promises';
import { BlockList } from 'node:net';
import { z } from 'zod';
import type { Config } from '../../config/config.ts';
import { RENEW } from './certificate.ts';
import { type Finding, ok, unknown, warning, wrong } from './finding.ts';

const TIMEOUT_MS = 5_000;
const PAGES = 'docs/operating.md says what a reverse proxy has to bring there';
const HOW = `Set PUBLIC_URL to an https address under which phones reach the bot's web: ${PAGES}.`;

export interface WebSettings {
  readonly demo: boolean;
  readonly port: number;
  readonly web: Pick<Config['web'], 'admin'>;
  readonly publicUrl?: string | undefined;
}

const HEALTH = z.object({
  parts: z.record(z.string(), z.object({ ok: z.boolean(), detail: z.string().optional() })),
});

/** The bot that runs here, and how phones reach its web: as far as this machine can tell. */
export async function lookAtWeb(settings: WebSettings): Promise<readonly Finding[]> {
  return [...(await runningBot(settings)), await publicUrl(settings)];
}

async function runningBot({ port: own, web: { admin } }: WebSettings): Promise<readonly Finding[]> {
  const port = admin?.port ?? own;
  const host = admin === undefined || admin.host === '0.0.0.0' ? '127.0.0.1' : admin.host;
  const answer = await fetch(`http://${host.includes(':') ? `[${host}]` : host}:${port}/healthz`, {
    signal: AbortSignal.timeout(TIMEOUT_MS),
  })
    .then((response) => response.json())
    .catch(() => undefined);
  const { data } = HEALTH.safeParse(answer);
  if (data === undefined) return [unknown('bot', `no bot answers on port ${port} of this machine now`)];
  const bad = Object.entries(data.parts).filter(([, part]) => !part.ok);
  if (bad.length === 0) return [ok('bot', `the bot on port ${port} finds nothing wrong`)];
  return bad.map(([name, { detail }]) =>
    wrong(
      `bot.${name}`,
      `the bot on port ${port} says of ${name}: ${detail ?? 'not as it should be'}`,
      'Do what it says; its log says more.',
    ),
  );
}

async function publicUrl({ demo, publicUrl: url, port }: WebSettings): Promise<Finding> {
  const address = url ?? (demo ? `http://127.0.0.1:${port}` : undefined);
  if (address === undefined) {
    return wrong('publicUrl', 'PUBLIC_URL is not set: there is no ISO QR code, and no navigation', HOW);
  }
  const { hostname, protocol } = new URL(address);
  if (!demo && protocol !== 'https:') {
    return wrong('publicUrl', `${address} is no https: DingTalk opens no page there`, HOW);
  }
  const at = demo ? [] : await addressesOf(hostname);
  if (at === undefined) return wrong('publicUrl', `${hostname} has no address in the DNS`, HOW);
  if (at.some(isInside)) {
    const says = `${hostname} is ${at.join(', ')}, an address of this network only: phones outside do not reach it`;
    return wrong('publicUrl', says, HOW);
  }
  return await answering(address);
}

/** What every bot answers there; whether one from outside gets as far cannot be told from here. */
async function answering(address: string): Promise<Finding> {
  try {
    const { status, headers } = await fetch(`${address}/join`, {
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (status === 302 && headers.get('location')?.endsWith('/join/general')) {
      return ok('publicUrl', `the bot answers at ${address}, as seen from this machine`);
    }
    const says = `${address}/join answers ${status}, not as the bot does: there is no ISO QR code that works`;
    return wrong('publicUrl', says, `See whether the bot runs, and what the reverse proxy does with /join: ${PAGES}.`);
  } catch (thrown) {
    const code = whyOf(thrown);
    const [why, remedy] = CAUSES[code] ?? ['does not answer', 'See whether the bot and the reverse proxy run.'];
    return wrong('publicUrl', `${address} ${why} (${code}): there is no ISO QR code that works`, remedy);
  }
}

const TRUSTED = 'Get a certificate for that name from an authority that phones trust, such as Let’s Encrypt.';
/** By the codes of Node and its TLS. */
const CAUSES: Readonly<Record<string, readonly [why: string, remedy: string]>> = {
  CERT_HAS_EXPIRED: ['has a certificate that is over', RENEW],
  CERT_NOT_YET_VALID: ['has a certificate that is not valid yet', 'Set the clock of this machine, or wait.'],
  DEPTH_ZERO_SELF_SIGNED_CERT: ['has a certificate that nobody signed but itself', TRUSTED],
  SELF_SIGNED_CERT_IN_CHAIN: ['has a certificate of an authority that phones do not know', TRUSTED],
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: ['leaves out who signed its certificate', 'Have the proxy send the whole chain.'],
  ERR_TLS_CERT_ALTNAME_INVALID: ['has a certificate for another name', TRUSTED],
  ECONNREFUSED: [
    'has nobody who listens there',
    'See whether the bot and the reverse proxy run, or set PUBLIC_URL to where they are.',
  ],
  ENOTFOUND: ['has a name that is not in the DNS', 'Enter the name in the DNS, or set PUBLIC_URL to one that is.'],
  TimeoutError: ['says nothing', 'See whether a firewall keeps this machine from it, and whether the proxy runs.'],
};

async function addressesOf(hostname: string): Promise<readonly string[] | undefined> {
  try {
    return (await lookup(hostname, { all: true })).map(({ address }) => address);
  } catch {
    return undefined;
  }
}

const INSIDE = new BlockList();
for (const [net, bits] of [
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['100.64.0.0', 10],
] as const) {
  INSIDE.addSubnet(net, bits, 'ipv4');
}
INSIDE.addSubnet('fc00::', 7, 'ipv6');
INSIDE.addSubnet('fe80::', 10, 'ipv6');
INSIDE.addAddress('::1', 'ipv6');

function isInside(address: string): boolean {
  return INSIDE.check(address, address.includes(':') ? 'ipv6' : 'ipv4');
}

function whyOf(thrown: unknown): string {
  const cause = thrown instanceof Error ? thrown.cause : undefined;
  if (cause instanceof Error && 'code' in cause) return String(cause.code);
  return thrown instanceof Error ? thrown.name : 'unknown';
}

/** Entries that lead elsewhere were set by another installation of the same app, or before PUBLIC_URL changed. */
export function entriesElsewhere(phoneUrls: readonly string[], address: string | undefined): Finding | undefined {
  const other = phoneUrls.find((url) => address === undefined || !url.startsWith(`${address}/`));
  if (other === undefined) return undefined;
  const says = `the navigation at the bottom of the chat leads to ${new URL(other).origin}, not to PUBLIC_URL`;
  return warning(
    'entries',
    says,
    'Is there another installation with the same app? Then they take each other’s messages: end one. Else set it again: npm run op -- quick-entries set --help',
  );
}
