import { timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import {
  closeSync,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeSync,
} from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join, normalize } from 'node:path';
import ssh2, { type Connection, type SFTPWrapper } from 'ssh2';
import { fingerprintOf } from '../../src/daily/sources/sftp/connect.ts';

const { Server, utils } = ssh2;
const { OK, EOF, FAILURE, NO_SUCH_FILE, OP_UNSUPPORTED } = utils.sftp.STATUS_CODE;

/** What it does wrong; nothing unless it is told. */
export interface SftpFaults {
  /** Requests that are never answered: `READ`. */
  hangsOn?: string | undefined;
  /** Files are that much larger than it says of them. */
  hidesBytes?: number | undefined;
  /** The connection is gone once so many bytes went either way. */
  cutAfterBytes?: number | undefined;
  /** Called before each request. */
  before?: ((request: string, path: string) => void) | undefined;
}

export interface SftpAccount {
  readonly user: string;
  readonly password?: string | undefined;
  /** A public key as `ssh-keygen` writes it. */
  readonly publicKey?: string | undefined;
}

/** Of the keys that ssh2 makes it cannot read one in 256: it leaves away the noughts that a public key begins with. */
export function ed25519Pair(): { readonly private: string; readonly public: string } {
  for (;;) {
    const pair = utils.generateKeyPairSync('ed25519');
    if (!(utils.parseKey(pair.private) instanceof Error)) return pair;
  }
}

/** A real SFTP server in this process, over a folder of this machine; like OpenSSH's its rename replaces nothing. */
export class SftpServer {
  readonly root: string;
  readonly faults: SftpFaults = {};
  readonly asked: string[] = [];
  /** How often somebody tried to be let in. */
  logins = 0;
  readonly #account: SftpAccount;
  readonly #connections = new Set<Connection>();
  #server: InstanceType<typeof Server> | undefined;
  #port = 0;

  constructor(root: string, account: SftpAccount) {
    this.root = root;
    this.#account = account;
  }

  get port(): number {
    return this.#port;
  }

  /** With new host keys, of which it answers the fingerprints: Ed25519, then ECDSA; on the same port as before. */
  async start(): Promise<readonly [string, string]> {
    const hostKeys = [ed25519Pair(), utils.generateKeyPairSync('ecdsa', { bits: 256 })] as const;
    const privateKeys = hostKeys.map((key) => key.private);
    this.#server = new Server({ hostKeys: privateKeys }, (connection) => this.#serve(connection));
    this.#server.listen(this.#port, '127.0.0.1');
    await once(this.#server, 'listening');
    this.#port = (this.#server.address() as AddressInfo).port;
    return [fingerprintIn(hostKeys[0].public), fingerprintIn(hostKeys[1].public)];
  }

  async stop(): Promise<void> {
    const server = this.#server;
    if (server === undefined) return;
    for (const connection of this.#connections) connection.end();
    const closed = once(server, 'close');
    server.close();
    await closed;
  }

  #serve(connection: Connection): void {
    this.#connections.add(connection);
    // it has it, though its types do not say so; without it each answer waits for 40 ms
    (connection as Connection & { setNoDelay(): void }).setNoDelay();
    connection.on('error', () => undefined);
    connection.on('close', () => void this.#connections.delete(connection));
    connection.on('authentication', (asked) => {
      const { user, password, publicKey } = this.#account;
      this.logins += 1;
      const isUser = asked.username === user;
      if (asked.method === 'password' && isUser && asked.password === password) return asked.accept();
      if (asked.method !== 'publickey' || !isUser || publicKey === undefined)
        return asked.reject(['publickey', 'password']);
      const known = utils.parseKey(publicKey);
      if (known instanceof Error) throw known;
      const given = known.getPublicSSH();
      const isKey = asked.key.data.length === given.length && timingSafeEqual(asked.key.data, given);
      const proof =
        asked.signature === undefined || known.verify(asked.blob ?? Buffer.alloc(0), asked.signature, asked.hashAlgo);
      return isKey && proof === true ? asked.accept() : asked.reject();
    });
    connection.on('session', (accept) => {
      accept().on('sftp', (open) => {
        const sftp = open();
        sftp.on('end', () => {
          endWell(sftp);
          sftp.end();
        });
        this.#open(sftp, connection);
      });
    });
  }

  #open(sftp: SFTPWrapper, connection: Connection): void {
    const handles = new Map<number, { fd: number } | { entries: readonly string[]; path: string; told: boolean }>();
    let last = 0;
    let moved = 0;
    const place = (path: string): string => join(this.root, normalize(`/${path}`));
    const handleOf = (handle: Buffer) => handles.get(handle.readUInt32BE(0));
    const newHandle = (value: Parameters<typeof handles.set>[1]): Buffer => {
      last += 1;
      handles.set(last, value);
      const buffer = Buffer.alloc(4);
      buffer.writeUInt32BE(last);
      return buffer;
    };
    const attrsOf = ({ mode, uid, gid, size, atimeMs, mtimeMs }: Stats) => ({
      mode,
      uid,
      gid,
      size: size - (this.faults.hidesBytes ?? 0),
      atime: Math.floor(atimeMs / 1_000),
      mtime: Math.floor(mtimeMs / 1_000),
    });

    /** Answers a request, with what the system said where it cannot. */
    const on = (name: string, answer: (id: number, ...args: never[]) => void): void => {
      (sftp as NodeJS.EventEmitter).on(name, (...given: unknown[]) => {
        const path = typeof given[1] === 'string' ? given[1] : '';
        // what each request carries is the protocol's
        const [id, ...args] = given as [number, ...never[]];
        this.asked.push(`${name} ${path}`.trim());
        if (this.faults.hangsOn === name) return;
        try {
          this.faults.before?.(name, path);
          answer(id, ...args);
        } catch (error) {
          const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
          sftp.status(id, isMissing ? NO_SUCH_FILE : FAILURE);
        }
      });
    };
    const moves = (bytes: number): boolean => {
      moved += bytes;
      const isCut = moved > (this.faults.cutAfterBytes ?? Infinity);
      if (isCut) connection.end();
      return !isCut;
    };

    on('REALPATH', (id, path: string) => {
      const filename = normalize(`/${path}`);
      sftp.name(id, [{ filename, longname: filename, attrs: attrsOf(statSync(this.root)) }]);
    });
    on('STAT', (id, path: string) => sftp.attrs(id, attrsOf(statSync(place(path)))));
    on('LSTAT', (id, path: string) => sftp.attrs(id, attrsOf(lstatSync(place(path)))));
    on('FSTAT', (id, handle: Buffer) => {
      const open = handleOf(handle);
      if (open && 'fd' in open) sftp.attrs(id, attrsOf(fstatSync(open.fd)));
      else sftp.status(id, FAILURE);
    });
    on('OPEN', (id, path: string, flags: number) => {
      sftp.handle(id, newHandle({ fd: openSync(place(path), utils.sftp.flagsToString(flags) ?? 'r') }));
    });
    on('READ', (id, handle: Buffer, offset: number, length: number) => {
      const open = handleOf(handle);
      if (!open || !('fd' in open)) return sftp.status(id, FAILURE);
      const piece = Buffer.alloc(length);
      const bytes = readSync(open.fd, piece, 0, length, offset);
      if (!moves(bytes)) return;
      if (bytes === 0) sftp.status(id, EOF);
      else sftp.data(id, piece.subarray(0, bytes));
    });
    on('WRITE', (id, handle: Buffer, offset: number, data: Buffer) => {
      const open = handleOf(handle);
      if (!open || !('fd' in open)) return sftp.status(id, FAILURE);
      if (!moves(data.length)) return;
      writeSync(open.fd, data, 0, data.length, offset);
      sftp.status(id, OK);
    });
    on('CLOSE', (id, handle: Buffer) => {
      const open = handleOf(handle);
      if (open && 'fd' in open) closeSync(open.fd);
      handles.delete(handle.readUInt32BE(0));
      sftp.status(id, OK);
    });
    on('OPENDIR', (id, path: string) => {
      sftp.handle(id, newHandle({ entries: readdirSync(place(path)), path: place(path), told: false }));
    });
    on('READDIR', (id, handle: Buffer) => {
      const open = handleOf(handle);
      if (!open || !('entries' in open) || open.told) return sftp.status(id, EOF);
      open.told = true;
      const names = open.entries.map((filename) => {
        const attrs = attrsOf(lstatSync(join(open.path, filename)));
        return { filename, longname: filename, attrs };
      });
      if (names.length === 0) sftp.status(id, EOF);
      else sftp.name(id, names);
    });
    on('RENAME', (id, from: string, to: string) => {
      if (exists(place(to))) return sftp.status(id, FAILURE);
      renameSync(place(from), place(to));
      sftp.status(id, OK);
    });
    on('REMOVE', (id, path: string) => {
      rmSync(place(path));
      sftp.status(id, OK);
    });
    on('MKDIR', (id, path: string) => {
      mkdirSync(place(path));
      sftp.status(id, OK);
    });
    on('SETSTAT', (id) => sftp.status(id, OK));
    on('FSETSTAT', (id) => sftp.status(id, OK));
    on('EXTENDED', (id) => sftp.status(id, OP_UNSUPPORTED));
  }
}

function fingerprintIn(publicKey: string): string {
  const [, blob = ''] = publicKey.split(' ');
  return fingerprintOf(Buffer.from(blob, 'base64'));
}

/** The `sftp` command asks whether its session ended well; of the package's server that is said only from within. */
function endWell(sftp: SFTPWrapper): void {
  const { outgoing, _protocol: protocol } = sftp as unknown as {
    readonly outgoing: { readonly id: number };
    readonly _protocol: { exitStatus(channel: number, status: number): void };
  };
  protocol.exitStatus(outgoing.id, 0);
}

function exists(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}
