import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** An SFTP server where files come from and go to. */
export interface SftpConfig {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** `SHA256:…`, each. */
  readonly hostKeys: readonly string[];
  readonly key?: Buffer | undefined;
  readonly password?: string | undefined;
  /** Folders on the server, without a slash at the end. */
  readonly in?: string | undefined;
  readonly out?: string | undefined;
}

const HOST_KEY = /^SHA256:[A-Za-z0-9+/]{43}$/;

/** `SHA256:…` as `ssh-keygen -l` shows it, several with commas between them. */
export const hostKeys = z
  .string()
  .transform((value) => value.split(',').map((one) => one.trim()))
  .refine(
    (keys) => keys.every((key) => HOST_KEY.test(key)),
    'must be SHA256:… as ssh-keygen -l shows it, or several with commas between them.',
  );

export const remoteFolder = z.string().transform((value) => value.replace(/(?<=.)\/+$/, ''));

/** The content of a file that holds a secret. */
export const secretFile = z.string().transform((path, ctx) => {
  try {
    return readFileSync(path);
  } catch {
    ctx.addIssue({ code: 'custom', message: `cannot be read: see that ${path} is there, for whoever runs the bot.` });
    return z.NEVER;
  }
});

export interface SftpEnvironment {
  readonly SFTP_HOST?: string | undefined;
  readonly SFTP_PORT: string;
  readonly SFTP_USER?: string | undefined;
  readonly SFTP_KEY_FILE?: Buffer | undefined;
  readonly SFTP_PASSWORD_FILE?: Buffer | undefined;
  readonly SFTP_HOST_KEY?: readonly string[] | undefined;
  readonly SFTP_IN?: string | undefined;
  readonly SFTP_OUT?: string | undefined;
}

/** What is missing or too much among them. */
export function sftpProblems(env: SftpEnvironment): string[] {
  const { SFTP_HOST: host, SFTP_PORT: port, ...others } = env;
  const { SFTP_USER, SFTP_KEY_FILE, SFTP_PASSWORD_FILE, SFTP_HOST_KEY, SFTP_IN, SFTP_OUT } = others;
  if (host === undefined) {
    const set = Object.entries(others).find(([name, value]) => name.startsWith('SFTP_') && value !== undefined);
    return set === undefined ? [] : [`SFTP_HOST is missing: set it to the server of ${set[0]}, or leave that out.`];
  }
  const problems: string[] = [];
  if (SFTP_USER === undefined) problems.push('SFTP_USER is missing: set it to the name of the bot on that server.');
  if ((SFTP_KEY_FILE === undefined) === (SFTP_PASSWORD_FILE === undefined)) {
    problems.push('SFTP_KEY_FILE or SFTP_PASSWORD_FILE must be set, one of them: a private key, or a password.');
  }
  if (SFTP_HOST_KEY === undefined) {
    problems.push(
      `SFTP_HOST_KEY is missing: see it with "ssh-keyscan -p ${port} ${host} | ssh-keygen -lf -", ask whoever runs the server whether it is theirs, and set it to SHA256:…`,
    );
  }
  if (SFTP_IN === undefined && SFTP_OUT === undefined) {
    problems.push(
      'SFTP_IN or SFTP_OUT must be set, or both: the folders on the server that files come from and go to.',
    );
  }
  if (SFTP_IN !== undefined && SFTP_IN === SFTP_OUT) problems.push('SFTP_IN and SFTP_OUT must be two folders.');
  return problems;
}

/** Undefined where there is none; of settings without `sftpProblems`. */
export function sftpOf(env: SftpEnvironment): SftpConfig | undefined {
  const { SFTP_HOST: host, SFTP_USER: user, SFTP_HOST_KEY: keys } = env;
  if (host === undefined || user === undefined || keys === undefined) return undefined;
  return {
    host,
    port: Number(env.SFTP_PORT),
    user,
    hostKeys: keys,
    key: env.SFTP_KEY_FILE,
    password: env.SFTP_PASSWORD_FILE?.toString('utf8').replace(/\r?\n$/, ''),
    in: env.SFTP_IN,
    out: env.SFTP_OUT,
  };
}
