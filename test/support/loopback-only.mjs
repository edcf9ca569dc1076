// Tests reach nothing but this machine: loaded into every test worker and, by NODE_OPTIONS, into every Node process they start.
import { Socket } from 'node:net';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '::1', '[::1]']);
const connect = Socket.prototype.connect;

Socket.prototype.connect = function (...args) {
  const normalized = Array.isArray(args[0]) ? args[0][0] : args[0];
  const options = typeof normalized === 'object' ? normalized : { host: args[1] };
  const host = typeof options.host === 'string' ? options.host : 'localhost';
  if (options.path === undefined && !LOOPBACK.has(host)) {
    throw new Error(`A test tried to reach ${host}. Tests reach nothing but this machine.`);
  }
  return connect.apply(this, args);
};

const flag = `--import=${import.meta.url}`;
if (!process.env.NODE_OPTIONS?.includes(flag)) {
  process.env.NODE_OPTIONS = `${process.env.NODE_OPTIONS ?? ''} ${flag}`.trim();
}
