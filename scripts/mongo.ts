import { parseArgs } from 'node:util';
import { startEmbeddedStore } from '@field/embedded-store';
import { SAVE_REMEDIES, whyNotSaved } from '@field/kit/cannot-save';

// Runs the embedded store alone: npm run mongo -- --port 27017 --data ./data
const { values } = parseArgs({
  options: { port: { type: 'string', default: '0' }, data: { type: 'string', default: './data' } },
});
const port = Number(values.port);

try {
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`--port ${values.port} is no port`);
  const store = await startEmbeddedStore({ dataDir: values.data, port });
  console.log(`embedded store on ${store.uri} (data in ${values.data}, Ctrl-C ends it)`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void store.close());
} catch (failure) {
  const why = whyNotSaved(failure);
  const said = failure instanceof Error ? failure.message : String(failure);
  console.error(why === undefined ? said : SAVE_REMEDIES[why]);
  process.exitCode = 1;
}
