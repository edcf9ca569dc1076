import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { Cursors } from './cursors.ts';
import { dispatch, type Machine } from './dispatcher.ts';
import { removeExpired } from './expiry.ts';
import { lockFolder } from './folder-lock.ts';
import { type Limits, Sessions } from './sessions.ts';
import { Store } from './store.ts';
import { encodeReply, FrameReader, type Request } from './wire.ts';

/** Where the store stands (port 0 or none: any free one) and how patient it is. */
export interface ServerOptions {
  dataDir: string;
  port?: number;
  limits?: Partial<Limits>;
}

/** A running store. `sweep` does the minute's upkeep at once: what is expired goes. */
export interface RunningServer {
  uri: string;
  sweep(): Promise<void>;
  close(): Promise<void>;
}

const LIMITS: Limits = { turnWaitMs: 5_000, idleTransactionMs: 10_000, sweepMs: 60_000, outcomeKeptMs: 30 * 60_000 };

/** Opens the store in this thread. Errors: 'folder.locked', 'folder.unwritable', and the system's for a taken port. */
export async function startServer({ dataDir, port = 0, limits }: ServerOptions): Promise<RunningServer> {
  const unlock = lockFolder(dataDir);
  const sockets = new Set<Socket>();
  let store: Store | undefined;
  try {
    store = new Store(join(dataDir, 'mongo.db'));
    const cursors = new Cursors(Date.now);
    const times = { ...LIMITS, ...limits };
    const machine: Machine = { store, cursors, sessions: new Sessions(store, cursors, times, Date.now), host: '' };
    const server = createServer((socket) => serve(socket, machine, sockets));
    machine.host = `127.0.0.1:${await listen(server, port)}`;
    const uri = `mongodb://${machine.host}/app?replicaSet=rs0&directConnection=true`;
    announce(dataDir, uri);
    return running(machine, server, sockets, uri, times.sweepMs, () => {
      rmSync(join(dataDir, 'mongo.uri'), { force: true });
      unlock();
    });
  } catch (failure) {
    store?.close();
    unlock();
    throw failure;
  }
}

function running(
  { store, cursors, sessions }: Machine,
  server: Server,
  sockets: ReadonlySet<Socket>,
  uri: string,
  sweepMs: number,
  leave: () => void,
): RunningServer {
  const sweep = (): Promise<void> => {
    cursors.drop();
    return sessions.upkeep(() => removeExpired(store, Date.now()));
  };
  // A turn that could not be had is tried again at the next sweep.
  const sweeping = setInterval(() => sweep().catch(() => undefined), sweepMs);
  const close = async (): Promise<void> => {
    clearInterval(sweeping);
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of sockets) socket.destroy();
    await closed;
    sessions.close();
    store.close();
    leave();
  };
  let closing: Promise<void> | undefined;
  return {
    uri,
    sweep,
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}

/** Written whole or not at all, so that who reads it never sees half. */
function announce(folder: string, uri: string): void {
  writeFileSync(join(folder, 'mongo.uri.part'), `${uri}\n`);
  renameSync(join(folder, 'mongo.uri.part'), join(folder, 'mongo.uri'));
}

/** Answers one connection, command after command in its order. What is malformed ends that connection only. */
function serve(socket: Socket, machine: Machine, sockets: Set<Socket>): void {
  const reader = new FrameReader();
  let replies = 0;
  let turn = Promise.resolve();
  sockets.add(socket);
  socket.setNoDelay(true);
  socket.on('error', () => socket.destroy());
  socket.on('close', () => sockets.delete(socket));
  const answer = async (request: Request): Promise<void> => {
    if (socket.destroyed) return;
    const reply = await dispatch(machine, request.body);
    if (!request.silent && !socket.destroyed) socket.write(encodeReply(request, reply, ++replies));
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
