import { createServer, request } from 'node:http';
import { seeded } from '../../support/picture-canvas.ts';
import { hereAndAway } from './here-and-away.ts';

/**
 * The way from a phone to the bot's web, which a test makes bad: nobody answers, or some of the uploads get lost, half of them after they were
 * carried out.
 */
export async function aBadRoad(to: string) {
  const { hostname, port: botPort } = new URL(to);
  const bad = {
    /** How many of a hundred requests for uploads end without an answer. */
    lost: 0,
  };
  /** Where each piece began that was carried out and answered, in the order in which they were. */
  const pieces: number[] = [];
  let lost = 0;
  const random = seeded(7);
  const server = createServer((asked, answer) => {
    const isLost = asked.url?.startsWith('/go/scan/uploads') === true && random() * 100 < bad.lost;
    if (isLost) lost += 1;
    if (isLost && random() < 0.5) return void asked.socket.destroy();
    const { method, url: path, headers } = asked;
    const further = request({ hostname, port: botPort, method, path, headers }, (answered) => {
      if (isLost) {
        answered.resume();
        return void asked.socket.destroy();
      }
      const from = new URL(path ?? '/', to).searchParams.get('from');
      if (method === 'PUT' && answered.statusCode === 200) pieces.push(Number(from));
      answer.writeHead(answered.statusCode ?? 502, answered.headers);
      answered.pipe(answer);
    });
    further.on('error', () => asked.socket.destroy());
    asked.pipe(further);
  });
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
