import { Connection, type DriverConnection } from 'mongodb/lib/cmap/connection.js';
import mongoose from 'mongoose';

// MongoDB's driver (7.8 and 7.9, `Connection#writeCommand`) waits for ever for a socket to take what it writes, where that is gone
// without an error, or has gone in this very moment and not said so yet. The next one to be asked after a store ended is often the one
// who looks whether it is there again: then a bot never finds its store again, though it has come back.
const write = Connection.prototype.writeCommand;

/** As the driver's own, and refused with its network error once the connection is closed. */
Connection.prototype.writeCommand = async function (this: DriverConnection, command, options) {
  const { socket } = this;
  let closed: () => void = () => undefined;
  const isClosed = new Promise<never>((_, reject) => {
    closed = () => reject(new mongoose.mongo.MongoNetworkError(`connection ${this.id} to ${this.address} closed`));
    socket.once('close', closed);
  });
  try {
    await Promise.race([write.call(this, command, options), isClosed]);
  } finally {
    socket.off('close', closed);
  }
};
