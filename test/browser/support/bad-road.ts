import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { setTimeout as after } from 'node:timers/promises';
import { seeded } from '../../support/picture-canvas.ts';
import { hereAndAway } from './here-and-away.ts';

/**
 * The way from a phone to the bot's web, which a test makes bad: nobody answers, it is slow, or some of the uploads get lost, half of them
 * after they were carried out.
 */
export async function aBadRoad(to: string) {
  const { hostname, port: botPort } = new URL(to);
  const bad = {
    /** How many of a hundred requests for uploads end without an answer. */
    lost: 0,
    /** What goes through in a second, of all that the phone sends; nothing is held up by 0. */
    bytesPerS: 0,
  };
  /** Where each piece began that was carried out and answered, in the order in which they were. */
  const pieces: number[] = [];
  let lost = 0;
  const random = seeded(7);
  let freeAt = 0;
  const passes = async (bytes: number): Promise<void> => {
    if (bad.bytesPerS === 0) return;
    const now = performance.now();
    freeAt = Math.max(now, freeAt) + (bytes / bad.bytesPerS) * 1_000;
    await after(freeAt - now);
  };
  const server = createServer((asked, answer) => void leads(asked, answer).catch(() => asked.socket.destroy()));
  async function leads(asked: IncomingMessage, answer: ServerResponse): Promise<void> {
    const body = await buffer(asked);
    await passes(asked.rawHeaders.join('    ').length + body.length);
    const isLost = asked.url?.startsWith('/go/scan/uploads') === true && random() * 100 < bad.lost;
    if (isLost) lost += 1;
    if (isLost && random() < 0.5) {
      asked.socket.destroy();
      return;
    }
    const { method, url: path, headers } = asked;
    const further = request({ hostname, port: botPort, method, path, headers }, (answered) => {
      if (isLost) {
        answered.resume();
        asked.socket.destroy();
        return;
      }
      const from = new URL(path ?? '/', to).searchParams.get('from');
      if (method === 'PUT' && answered.statusCode === 200) pieces.push(Number(from));
      answer.writeHead(answered.statusCode ?? 502, answered.headers);
      answered.pipe(answer);
    });
    further.on('error', () => asked.socket.destroy());
    further.end(body);
  }
  const { port, away, back } = await hereAndAway(server);
  return {
    url: `http://127.0.0.1:${port}`,
    bad,
    pieces,
    /** How many requests got lost. */
    get lost() {
      return lost;
    },
    away,
    back,
  };
}
