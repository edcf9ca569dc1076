import { resolve } from 'node:path';
import { BUILT_PAGE } from '@field/dingtalk-sandbox';
import { isTimeZone } from '@field/kit/calendar';
import { AppError } from '@field/kit/errors';
import { z } from 'zod';
import { TEMPLATE_FILE } from './product.ts';

export type Env = Readonly<Record<string, string | undefined>>;

export interface SandboxSettings {
  readonly sandboxPort: number;
  readonly botPort: number;
  /** Absolute. */
  readonly dataDir: string;
  /** Where the programme's days begin at midnight (IANA name). */
  readonly programmeTimeZone: string;
  /** `silent` unless the operator asks for more: the terminal belongs to the few lines that the start prints. */
  readonly logLevel: string;
  readonly templateFile: string;
  readonly pageDir: string;
  /** Whether a first start tells the story (architecture 9). */
  readonly story: boolean;
}

const port = (otherwise: number) =>
  z
    .string()
    .regex(/^\d{1,5}$/, 'must be a port, 1 to 65535')
    .transform(Number)
    .refine((value) => value >= 1 && value <= 65_535, 'must be a port, 1 to 65535')
    .default(otherwise);

const schema = z.object({
  SANDBOX_PORT: port(3000),
  PORT: port(3001),
  DATA_DIR: z.string().default('./data'),
  TZ_PROGRAMME: z.string().refine(isTimeZone, 'must be a time zone like Asia/Shanghai').default('Asia/Shanghai'),
  DEMO: z.enum(['story', 'none'], 'must be none, or left out').default('story'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('silent'),
});

/** What the sandbox reads of its environment; throws `config.invalid` whose `say` names every problem, one a line. */
export function sandboxSettings(env: Env, templateFile = TEMPLATE_FILE): SandboxSettings {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ''),
  );
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const say = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('\n');
    throw new AppError('config.invalid', { say });
  }
  return {
    sandboxPort: parsed.data.SANDBOX_PORT,
    botPort: parsed.data.PORT,
    dataDir: resolve(parsed.data.DATA_DIR),
    programmeTimeZone: parsed.data.TZ_PROGRAMME,
    story: parsed.data.DEMO === 'story',
    logLevel: parsed.data.LOG_LEVEL,
    templateFile,
    pageDir: BUILT_PAGE,
  };
}
