import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { problemOf } from '@field/kit/startup';
import { BUILT_PAGE, DEFAULT_SEED, startSandbox } from './index.ts';

const USAGE = `A local DingTalk on 127.0.0.1 for one bot in Stream mode, with a chat page.

  node packages/dingtalk-sandbox/dist/main.js [--port 3000] [--data ./sandbox-data]
      [--client-id demo-client] [--client-secret demo-secret]
      [--template FILE --template-id ID]    a card template as the card builder exports it`;

const OPTIONS = {
  port: { type: 'string', default: '3000' },
  data: { type: 'string', default: './sandbox-data' },
  'client-id': { type: 'string', default: DEFAULT_SEED.app.clientId },
  'client-secret': { type: 'string', default: DEFAULT_SEED.app.clientSecret },
  template: { type: 'string' },
  'template-id': { type: 'string', default: DEFAULT_SEED.templateId },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

const quiet = { info: () => undefined, warn: () => undefined, error: console.error };

try {
  const { values } = parseArgs({ options: OPTIONS });
  if (values.help) console.log(USAGE);
  else {
    const app = { clientId: values['client-id'], clientSecret: values['client-secret'] };
    const sandbox = await startSandbox({
      port: Number(values.port),
      dataDir: resolve(values.data),
      seed: { ...DEFAULT_SEED, app, templateId: values['template-id'] },
      templateFile: values.template,
      pageDir: BUILT_PAGE,
      log: quiet,
    });
    console.log(`sandbox ${sandbox.url}/`);
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => void sandbox.close().then(() => process.exit(0)));
    }
  }
} catch (thrown) {
  console.error(thrown instanceof TypeError ? `${thrown.message}\n\n${USAGE}` : problemOf(thrown));
  process.exitCode = 1;
}
