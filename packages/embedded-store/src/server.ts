import { once } from 'node:events';
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { whyNotSaved } from '@field/kit/cannot-save';
import { AppError } from '@field/kit/errors';
import { isDamage, STORE_FILE, storeDamaged } from './check.ts';
import { dispatch, type Machine } from './dispatcher.ts';
import { Cursors } from './engine/cursors.ts';
import { removeExpired } from './engine/expiry.ts';
import { newOpCounters } from './engine/opcounters.ts';
import { LIMITS, type Limits, Sessions } from './engine/sessions.ts';
import { type DiskTrouble, Store } from './engine/store.ts';
import { lockFolder } from './folder-lock.ts';
import { assertNotCopiedAtWork, markClosed, markOpen } from './open-mark.ts';
import { readsBeside } from './reads-beside.ts';
import { encodeReply, FrameReader, type Request } from './wire.ts';

/** Where the store stands (port 0 or none: any free one) and how patient it is. */
export type ServerOptions = { dataDir: string; port?: number | undefined; limits?: Partial<Limits> | undefined };

/** A running store. `sweep` does the minute's upkeep at once: what is expired goes. `onDisk`: as on such a disk. */
export type RunningServer = {
  uri: string;
  sweep(): Promise<void>;
  onDisk(trouble: DiskTrouble | undefined): void;
  close(): Promise<void>;
};

/**
 * Opens the store in this thread. Errors: 'folder.locked', 'folder.unwritable', 'store.damaged', 'store.copiedAtWork', 'store.cannotSave', and the
 * system's for a taken port.
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  let unlock = (): void => undefined;
  let store: Store | undefined;
  try {
    unlock = lockFolder(options.dataDir);
    assertNotCopiedAtWork(options.dataDir);
    store = new Store(join(options.dataDir, STORE_FILE));
    return await serving(store, options, unlock);
  } catch (failure) {
    store?.close();
    unlock();
    if (isDamage(failure)) throw storeDamaged(join(options.dataDir, STORE_FILE), failure);
    // SQLite's own error would not come through from one thread to another
    const why = failure instanceof AppError ? undefined : whyNotSaved(failure);
    if (why !== undefined) throw new AppError('store.cannotSave', { why }, { cause: failure });
    throw isHeld(failure) ? storeHeld(join(options.dataDir, STORE_FILE), failure) : crossing(failure);
  }
}

/** Another program has the file, such as one that looks into it: that one knows nothing of our lock of the folder. */
function isHeld(failure: unknown): boolean {
  return /^SQLITE_(BUSY|LOCKED)/.test(String(Object(failure).code));
}

function storeHeld(file: string, cause: unknown): AppError {
  const say = `${file} is held by another program, such as one that looks into it. End that one, then start again.`;
  return new AppError('folder.locked', { file, say }, { cause });
}

/** An error that keeps its words on the way to another thread: one of SQLite loses all but its code. */
function crossing(failure: unknown): unknown {
  const { code, message } = Object(failure);
  return typeof code === 'string' && code.startsWith('SQLITE_') ? new Error(`${code}: ${message}`) : failure;
}

async function serving(store: Store, options: ServerOptions, unlock: () => void): Promise<RunningServer> {
  const limits = { ...LIMITS, ...options.limits };
  const cursors = new Cursors();
  const sessions = new Sessions(store, cursors, limits);
  const reads = readsBeside(join(options.dataDir, STORE_FILE));
  const { readHereMs } = limits;
  const opcounters = newOpCounters();
  const machine: Machine = { store, cursors, sessions, reads, readHereMs, host: '', opcounters, clock: Date.now };
  const sockets = new Set<Socket>();
  const server = createServer((socket) => serve(socket, machine, sockets)).listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  machine.host = `127.0.0.1:${typeof address === 'object' && address ? address.port : options.port}`;
  const uri = `mongodb://${machine.host}/app?replicaSet=rs0&directConnection=true`;
  const uriFile = join(options.dataDir, 'mongo.uri');
  // Written whole or not at all, so that who reads it never sees half.
  writeFileSync(`${uriFile}.part`, `${uri}\n`);
  renameSync(`${uriFile}.part`, uriFile);
  markOpen(options.dataDir);
  const sweep = (): Promise<void> => {
    const now = machine.clock();
    reads.expire(now - limits.cursorKeptMs);
    return sessions.upkeep(now, () => removeExpired(store, now));
  };
  // A turn that could not be had is tried again at the next sweep.
  const sweeping = setInterval(() => sweep().catch(() => undefined), limits.sweepMs);
  const end = async (): Promise<void> => {
    clearInterval(sweeping);
    const closed = once(server.close(), 'close');
    for (const socket of sockets) socket.destroy();
    await closed;
    sessions.endSession();
    await reads.close();
    markClosed(options.dataDir);
    store.close();
    rmSync(uriFile, { force: true });
    unlock();
  };
  let ended: Promise<void> | undefined;
  return { uri, sweep, onDisk: (trouble) => store.onDisk(trouble), close: () => (ended ??= end()) };
}

/** Answers one connection, command after command in its order. What is malformed ends that connection only. */
function serve(socket: Socket, machine: Machine, sockets: Set<Socket>): void {
  const reader = new FrameReader();
  let turn = Promise.resolve();
  sockets.add(socket);
  socket.setNoDelay(true);
  socket.on('error', () => socket.destroy());
  const peer = { gone: false };
  socket.on('close', () => {
    sockets.delete(socket);
    machine.sessions.peerGone(peer);
  });
  const answer = async (request: Request): Promise<void> => {
    if (socket.destroyed) return;
    const reply = await dispatch(machine, request.body, peer);
    if (!request.silent && !socket.destroyed) socket.write(encodeReply(request, reply));
  };
  socket.on('data', (chunk: Buffer) => {
    try {
      for (const request of reader.take(chunk))
        turn = turn.then(() => answer(request)).catch(() => void socket.destroy());
    } catch {
      socket.destroy();
    }
  });
}
