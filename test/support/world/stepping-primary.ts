import { createServer, connect as dial, type Server, type Socket } from 'node:net';
import mongoose from 'mongoose';
import { freePort } from './free-port.ts';

const { BSON, MongoClient } = mongoose.mongo;

/** What a primary answers that is none any more: not primary, shutting down, stepped down in the middle. */
export const STEPPED_DOWN = {
  10107: 'NotWritablePrimary',
  91: 'ShutdownInProgress',
  189: 'PrimarySteppedDown',
} as const;
type Code = keyof typeof STEPPED_DOWN;

interface Moment {
  /** Of a command with its collection: `commitTransaction `, `insert inbox`. */
  readonly at: RegExp;
  readonly code: Code;
  /** The command does not come through, or it does and only its answer is lost. */
  readonly how: 'before' | 'after';
  /** How often; the driver itself tries a lone write and a commit once more. */
  readonly times?: number;
}

interface Frame {
  readonly bytes: Buffer;
  readonly id: number;
  readonly to: number;
}

const HEADER = 16;
const OP_MSG = 2013;

/**
 * Stands before a MongoDB server as its primary, and steps down when it is told to: it answers as such a server does, ends what transactions
 * are open, and hangs up on everybody.
 */
export class SteppingPrimary {
  readonly uri: string;
  readonly #upstream: URL;
  readonly #server: Server;
  readonly #clients = new Set<Socket>();
  readonly #open = new Map<string, unknown>();
  #moment: (Moment & { left: number }) | undefined;
  #down: Code | undefined;

  private constructor(upstream: URL, server: Server, port: number) {
    const own = new URL(upstream);
    own.port = String(port);
    own.searchParams.set('directConnection', 'true');
    this.uri = own.href;
    this.#upstream = upstream;
    this.#server = server;
    server.on('connection', (client) => this.#joins(client));
  }

  static async before(uri: string): Promise<SteppingPrimary> {
    const port = await freePort();
    const server = createServer();
    const primary = new SteppingPrimary(new URL(uri), server, port);
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    return primary;
  }

  /** At the next such commands; answers at how many of them it has. */
  stepsDownAt(moment: Moment): () => number {
    const { times = 1 } = moment;
    const armed = { ...moment, left: times };
    this.#moment = armed;
    return () => times - armed.left;
  }

  /** There is no primary until `isElected`: every command is refused. */
  async stepsDown(code: Code): Promise<void> {
    this.#down = code;
    await this.#endTransactions();
    this.#hangUp();
  }

  isElected(): void {
    this.#down = undefined;
  }

  async close(): Promise<void> {
    this.#hangUp();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #joins(client: Socket): void {
    const upstream = dial(Number(this.#upstream.port), this.#upstream.hostname);
    const lost = new Map<number, Code>();
    const ends = (): void => {
      this.#clients.delete(client);
      client.destroy();
      upstream.destroy();
    };
    this.#clients.add(client);
    for (const socket of [client, upstream]) socket.on('error', ends).on('close', ends);
    let turn = Promise.resolve();
    framesOf(client, (frame) => {
      turn = turn.then(async () => {
        const command = commandIn(frame.bytes);
        const code = command && this.#codeFor(command);
        if (command === undefined || code === undefined) return void upstream.write(frame.bytes);
        if (code.how === 'after') {
          lost.set(frame.id, code.code);
          return void upstream.write(frame.bytes);
        }
        await this.#endTransactions();
        this.#refuses(client, frame.id, command, code.code);
      });
    });
    framesOf(upstream, (frame) => {
      const code = lost.get(frame.to);
      if (code === undefined) return void client.write(frame.bytes);
      void this.#endTransactions().then(() => this.#refuses(client, frame.to, { commitTransaction: 1 }, code));
    });
  }

  /** How this command is refused; undefined where it goes through. */
  #codeFor(command: Record<string, unknown>): Pick<Moment, 'code' | 'how'> | undefined {
    const [name = ''] = Object.keys(command);
    const session = command.lsid as { id?: { toString(encoding: 'hex'): string } } | undefined;
    const key = session?.id?.toString('hex') ?? '';
    if (command.startTransaction === true) this.#open.set(key, session);
    if (name === 'commitTransaction' || name === 'abortTransaction') this.#open.delete(key);
    if (/^(hello|ismaster|isMaster|ping|endSessions)$/.test(name)) return undefined;
    if (this.#down !== undefined) return { code: this.#down, how: 'before' };
    const moment = this.#moment;
    const about = typeof command[name] === 'string' ? command[name] : placesIn(command);
    if (moment === undefined || !moment.at.test(`${name} ${about}`)) return undefined;
    moment.left -= 1;
    if (moment.left === 0) this.#moment = undefined;
    if (name === 'commitTransaction' && moment.how === 'before') this.#open.set(key, session);
    return moment;
  }

  /** As a server ends them that is no primary any more. */
  async #endTransactions(): Promise<void> {
    const sessions = [...this.#open.values()];
    this.#open.clear();
    if (sessions.length === 0) return;
    const client = await new MongoClient(this.#upstream.href).connect();
    await client
      .db('admin')
      .command({ killSessions: sessions })
      .finally(() => client.close());
  }

  #refuses(client: Socket, id: number, command: Record<string, unknown>, code: Code): void {
    const [name = ''] = Object.keys(command);
    const ends = name === 'commitTransaction' || name === 'abortTransaction';
    const transient = command.autocommit === false && !ends;
    const retryable = ends || (command.txnNumber !== undefined && command.autocommit === undefined);
    const errorLabels = transient ? ['TransientTransactionError'] : retryable ? ['RetryableWriteError'] : [];
    const answer = { ok: 0, errmsg: 'not primary', code, codeName: STEPPED_DOWN[code], errorLabels };
    client.write(messageTo(id, BSON.serialize(answer)), () => this.#hangUp());
  }

  #hangUp(): void {
    for (const client of this.#clients) client.destroy();
  }
}

/** Cuts what comes into whole messages. */
function framesOf(socket: Socket, take: (frame: Frame) => void): void {
  let rest: Buffer = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= HEADER && rest.length >= rest.readInt32LE(0)) {
      const bytes = rest.subarray(0, rest.readInt32LE(0));
      rest = rest.subarray(bytes.length);
      take({ bytes, id: bytes.readInt32LE(4), to: bytes.readInt32LE(8) });
    }
  });
}

/** The command of a message; undefined for what a driver says before it knows the server. */
function commandIn(bytes: Buffer): Record<string, unknown> | undefined {
  if (bytes.readInt32LE(12) !== OP_MSG) return undefined;
  for (let at = HEADER + 4; at < bytes.length; ) {
    const size = bytes.readInt32LE(at + 1);
    if (bytes.readUInt8(at) === 0)
      return BSON.deserialize(bytes.subarray(at + 1, at + 1 + size), { promoteBuffers: false });
    at += 1 + size;
  }
  return undefined;
}

function messageTo(id: number, body: Uint8Array): Buffer {
  const head = Buffer.alloc(HEADER + 5);
  head.writeInt32LE(head.length + body.length, 0);
  head.writeInt32LE(id, 8);
  head.writeInt32LE(OP_MSG, 12);
  return Buffer.concat([head, body]);
}

/** Where a command writes that writes in several collections, one after the other. */
function placesIn({ nsInfo }: Record<string, unknown>): string {
  return Array.isArray(nsInfo) ? nsInfo.map(({ ns }) => ns).join(' ') : '';
}
