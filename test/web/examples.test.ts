import { afterAll, beforeAll, expect, it } from 'vitest';
import { exampleRoutes } from '../../src/web/examples.ts';
import { newMetrics } from '../../src/web/metrics.ts';
import { startWeb, type Web } from '../../src/web/server.ts';
import { SHIPPED_PROGRAMMES } from '../support/shipped-programme.ts';

const EXAMPLES = SHIPPED_PROGRAMMES.current().pictures;

let web: Web;
beforeAll(async () => {
  web = await startWeb({
    port: 0,
    host: '127.0.0.1',
    health: {},
    metrics: newMetrics(),
    onError: () => undefined,
    pages: [exampleRoutes((name) => EXAMPLES.get(name))],
  });
});
afterAll(() => web.close());

const get = (path: string): Promise<Response> => fetch(`http://127.0.0.1:${web.port}${path}`);

it.each([...EXAMPLES.keys()])('a phone fetches the example picture %s from the bot itself, quickly', async (name) => {
  const answer = await get(`/examples/${name}.jpg`);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe('image/jpeg');
  const jpeg = Buffer.from(await answer.arrayBuffer());
  expect(jpeg.subarray(0, 2).toString('hex')).toBe('ffd8');
  expect(jpeg.length).toBeLessThan(60_000);
});

it.each(['/examples/nothing.jpg', '/examples/constructor.jpg', '/examples/..%2f..%2fpackage.json.jpg'])(
  'nothing else is served: %s',
  async (path) => {
    expect((await get(path)).status).toBe(404);
  },
);
