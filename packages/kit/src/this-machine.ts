import type { IncomingMessage } from 'node:http';

const LOOPBACK_PEERS = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);
const LOOPBACK_NAMES = new Set(['127.0.0.1', 'localhost', '[::1]']);
/** How proxies and tunnels say that a request is somebody else's. */
const FORWARDING =
  /^(forwarded|via|x-forwarded.*|x-original-.*|x-real-ip|x-client-ip|x-cluster-client-ip|true-client-ip|cf-connecting-ip)$/;

/**
 * Whether a request was made on this machine and meant this server: the peer is loopback, `Host` is a loopback name with the very
 * port that was connected to, and no header says that it was passed on. Without the second, a page of anybody could point a name of
 * its own at loopback; without the third, a proxy on this machine would let the world in. Says nothing of `Origin`.
 */
export function isFromThisMachine({ socket, headers }: IncomingMessage): boolean {
  const { name = '', port = '80' } =
    /^(?<name>\[[\d:a-f]+\]|[\w.-]+)(?::(?<port>\d+))?$/i.exec(headers.host ?? '')?.groups ?? {};
  return (
    LOOPBACK_PEERS.has(socket.remoteAddress ?? '') &&
    LOOPBACK_NAMES.has(name.toLowerCase()) &&
    Number(port) === socket.localPort &&
    !Object.keys(headers).some((header) => FORWARDING.test(header))
  );
}
