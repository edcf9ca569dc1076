import { isIP } from 'node:net';
import { z } from 'zod';

/** Where the bot's web listens, and whom it believes. */
export interface WebConfig {
  /** The address of the pages that phones open. */
  readonly host: string;
  /** Health and metrics on an address of their own; absent: on the web, for this machine alone. */
  readonly admin?: { readonly host: string; readonly port: number } | undefined;
  /** Addresses and networks whose `X-Forwarded-For` is believed: `10.0.0.0/8`, `::1`. */
  readonly trustedProxies: readonly string[];
}

export const listenAddress = z
  .string()
  .refine((value) => isIP(value) !== 0, 'must be an address of this machine such as 127.0.0.1, or 0.0.0.0 for all.');

/** This machine, and what is in no public network. */
const OWN_NETWORKS = '127.0.0.0/8,10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,::1,fc00::/7';

export const trustedProxies = z
  .string()
  .default(OWN_NETWORKS)
  .transform((value) => (value.trim() === 'none' ? [] : value.split(',').map((one) => one.trim())))
  .refine(
    (networks) => networks.every(isNetwork),
    'must be addresses or networks with commas between them, such as 10.0.0.0/8,::1, or none.',
  );

function isNetwork(value: string): boolean {
  const [address = '', bits, ...more] = value.split('/');
  const family = isIP(address);
  if (family === 0 || more.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}

export interface WebEnvironment {
  readonly HOST?: string | undefined;
  readonly PORT: string;
  readonly ADMIN_HOST: string;
  readonly ADMIN_PORT?: string | undefined;
  readonly TRUSTED_PROXIES: readonly string[];
}

/** A demo is for this machine alone, unless it is told otherwise. */
export function webOf(env: WebEnvironment, demo: boolean): WebConfig {
  const { HOST, ADMIN_HOST, ADMIN_PORT, TRUSTED_PROXIES } = env;
  return {
    host: HOST ?? (demo ? '127.0.0.1' : '0.0.0.0'),
    admin: ADMIN_PORT === undefined ? undefined : { host: ADMIN_HOST, port: Number(ADMIN_PORT) },
    trustedProxies: TRUSTED_PROXIES,
  };
}

export function webProblems({ PORT, ADMIN_PORT }: WebEnvironment): string[] {
  return PORT === ADMIN_PORT ? ['ADMIN_PORT must be another port than PORT.'] : [];
}
