import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, onTestFinished } from 'vitest';
import { aSandbox, type TestSandbox } from '../../packages/dingtalk-sandbox/test/support/sandbox.ts';
import { readAppConfig, readStoreConfig } from '../../src/config/config.ts';
import { examine } from '../../src/operator/doctor/doctor.ts';
import type { Finding } from '../../src/operator/doctor/finding.ts';
import { withStore } from '../../src/operator/open-store.ts';
import { freePort } from '../support/world/free-port.ts';

interface Asked {
  readonly more?: Readonly<Record<string, string>>;
  readonly now?: () => number;
  readonly nodeVersion?: string;
}

/** Settings that are well but for what a test changes, with a sandbox that plays DingTalk; anew for each test. */
export function useDoctor() {
  const made: { folder?: string; sandbox?: TestSandbox; env: Record<string, string> } = { env: {} };
  beforeEach(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'doctor-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const sandbox = await aSandbox();
    const env = {
      DINGTALK_API_BASE: sandbox.url,
      DINGTALK_OAPI_BASE: sandbox.url,
      DINGTALK_CLIENT_ID: 'demo-client',
      DINGTALK_CLIENT_SECRET: 'demo-secret',
      DATA_DIR: join(folder, 'data'),
      DATA_KEY: Buffer.alloc(32, 1).toString('base64'),
      DISK_LOW_MB: '1',
      PORT: String(await freePort()),
    };
    mkdirSync(join(folder, 'data'), { mode: 0o700 });
    Object.assign(made, { folder, sandbox, env });
  });

  function findings({ more = {}, now = Date.now, nodeVersion = process.version }: Asked = {}) {
    const config = () => readAppConfig({ ...made.env, ...more });
    return examine({ config, nodeVersion, envFile: join(made.folder ?? '', '.env'), now });
  }

  return {
    findings,
    /** What was found of one thing. */
    async found(about: string, asked?: Asked): Promise<Finding | undefined> {
      return (await findings(asked)).find((one) => one.about === about);
    },
    /** On data of the settings, as the bot left it. */
    onStore: <T>(work: () => Promise<T>): Promise<T> => withStore(readStoreConfig(made.env), work),
    get env() {
      return made.env;
    },
    get folder(): string {
      return made.folder ?? '';
    },
    get sandbox(): TestSandbox {
      if (made.sandbox === undefined) throw new Error('not begun');
      return made.sandbox;
    },
  };
}
