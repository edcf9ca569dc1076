import { parseArgs } from 'node:util';
import { startEmbeddedStore } from '@field/embedded-store';
import { AppError } from '@field/kit/errors';
import { exitCodeOf, portTaken, problemOf } from '@field/kit/startup';

// Runs the embedded store alone: npm run mongo -- --port 27017 --data ./data
try {
  const values = typed();
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new AppError('usage.wrong', { say: `--port ${values.port} is no port` });
  const store = await startEmbeddedStore({
    dataDir: values.data,
    port,
    examined: ({ damage }) => {
      if (damage.length > 0) console.error(`What is stored is damaged:\n${damage.join('\n')}`);
    },
  }).catch((failure: unknown) => {
    throw isOfThePort(failure) ? portTaken(port, '--port', failure) : failure;
  });
  console.log(`embedded store on ${store.uri} (data in ${values.data}, Ctrl-C ends it)`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void store.close());
} catch (failure) {
  console.error(problemOf(failure));
  process.exitCode = exitCodeOf(failure);
}

/** What was typed; an option that there is not is said in a sentence. */
function typed(): { port: string; data: string } {
  try {
    return parseArgs({
      options: { port: { type: 'string', default: '0' }, data: { type: 'string', default: './data' } },
    }).values;
  } catch (cause) {
    const [said = ''] = cause instanceof Error ? cause.message.split('.') : [];
    throw new AppError('usage.wrong', { say: `${said}. There are --port <number> and --data <folder>.` }, { cause });
  }
}

function isOfThePort(failure: unknown): boolean {
  return failure instanceof Error && 'code' in failure && (failure.code === 'EADDRINUSE' || failure.code === 'EACCES');
}
