import { assertBrowsersOpen, assertWritable, problemOf } from '@field/kit/startup';
import { openDemoSandbox } from './demo-sandbox.ts';
import { sandboxSettings } from './settings-from-env.ts';

/** `npm run sandbox`: the local DingTalk alone; a bot may be pointed at it (`npm run bot` with both bases on its address). */
async function main(): Promise<void> {
  const settings = sandboxSettings(process.env);
  assertWritable(settings.dataDir);
  await assertBrowsersOpen(settings.sandboxPort, 'SANDBOX_PORT');
  const sandbox = await openDemoSandbox(settings, false);
  process.stdout.write(`sandbox ${sandbox.url}/\n`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void sandbox.close().then(() => process.exit(0)));
  }
}

main().catch((thrown: unknown) => {
  process.stderr.write(`${problemOf(thrown)}\n`);
  process.exitCode = 1;
});
