import { connect, type Socket } from 'node:net';
import { mongo } from 'mongoose';

const { BSON } = mongo;

/** A message as it goes over the wire: OP_MSG unless told otherwise. */
export function message(sections: Uint8Array[], flags = 0, opcode = 2013): Buffer {
  const head = Buffer.alloc(20);
  const body = Buffer.concat(sections);
  head.writeInt32LE(20 + body.length, 0);
  head.writeInt32LE(7, 4);
  head.writeInt32LE(opcode, 12);
  head.writeUInt32LE(flags, 16);
  return Buffer.concat([head, body]);
}

/** The section with a command; bytes go as they are. */
export const body = (command: mongo.Document | Buffer): Buffer =>
  Buffer.concat([
    Buffer.of(0),
    Buffer.isBuffer(command) ? command : BSON.serialize({ ...command, $db: command.$db ?? 'wire' }),
  ]);

/** A section with documents beside the command. */
export function sequence(name: string, docs: (mongo.Document | Buffer)[]): Buffer {
  const content = Buffer.concat([
    Buffer.from(`${name}\0`),
    ...docs.map((doc) => (Buffer.isBuffer(doc) ? doc : BSON.serialize(doc))),
  ]);
  const head = Buffer.alloc(5);
  head.writeUInt8(1, 0);
  head.writeInt32LE(content.length + 4, 1);
  return Buffer.concat([head, content]);
}

/** Sends bytes, in pieces if asked, and gives what comes back until an answer is whole or the socket is closed. */
export function talk(port: number, bytes: Buffer, pieces = 1): Promise<mongo.Document | 'closed'> {
  return new Promise((resolve) => {
    const socket: Socket = connect(port, '127.0.0.1');
    let got = Buffer.alloc(0);
    socket.on('data', (chunk) => {
      got = Buffer.concat([got, Buffer.from(chunk)]);
      if (got.length < 4 || got.length < got.readInt32LE(0)) return;
      resolve(BSON.deserialize(got.subarray(got.readInt32LE(12) === 1 ? 36 : 21)));
      socket.destroy();
    });
    socket.on('close', () => resolve('closed'));
    socket.on('error', () => resolve('closed'));
    const size = Math.ceil(bytes.length / pieces);
    for (let at = 0; at < bytes.length; at += size) socket.write(bytes.subarray(at, at + size));
  });
}
