import { createRequire } from 'node:module';
import { boundAnswers } from './sdk-answers.ts';

type CardSdk = typeof import('@alicloud/dingtalk/dist/card_1_0/client.js');
type RobotSdk = typeof import('@alicloud/dingtalk/dist/robot_1_0/client.js');
type TodoSdkModule = typeof import('@alicloud/dingtalk/dist/todo_1_0/client.js');
type TokenSdk = typeof import('@alicloud/dingtalk/dist/oauth2_1_0/client.js');
type OpenApi = typeof import('@alicloud/openapi-client');
type TeaUtil = typeof import('@alicloud/tea-util');

export interface Sdk {
  readonly cards: InstanceType<CardSdk['default']>;
  readonly robot: InstanceType<RobotSdk['default']>;
  readonly tokens: InstanceType<TokenSdk['default']>;
  readonly card: CardSdk;
  readonly robotModels: RobotSdk;
  readonly tokenModels: TokenSdk;
  /** Loaded when it is first asked for: few installations have to-dos. */
  readonly todos: () => TodoSdk;
  /** Time-outs of one call; the SDK's own retries stay off, since retrying is delivery's business. */
  runtime(): InstanceType<TeaUtil['RuntimeOptions']>;
}

/** The client of to-dos alone. */
export interface TodoSdk extends Pick<Sdk, 'runtime'> {
  readonly client: InstanceType<TodoSdkModule['default']>;
  readonly models: TodoSdkModule;
}

const TIMEOUT_MS = 5_000;

/**
 * The product clients of `@alicloud/dingtalk`, pointed at the configured address. Loading takes some 0.4 s, so it is done at the
 * first call; only three of the hundred products are loaded, and a fourth where it is used. They are CommonJS, and `require` gives them the same shape in
 * every runtime, which `import` of such modules does not.
 */
export function loadSdk(apiBase: string): Sdk {
  const require = createRequire(import.meta.url);
  const card: CardSdk = require('@alicloud/dingtalk/dist/card_1_0/client.js');
  const robotModels: RobotSdk = require('@alicloud/dingtalk/dist/robot_1_0/client.js');
  const tokenModels: TokenSdk = require('@alicloud/dingtalk/dist/oauth2_1_0/client.js');
  const openApi: OpenApi = require('@alicloud/openapi-client');
  const teaUtil: TeaUtil = require('@alicloud/tea-util');
  const { protocol, host } = new URL(apiBase);
  const config = () => new openApi.Config({ protocol: protocol.replace(':', ''), regionId: 'central', endpoint: host });
  const runtime = () =>
    new teaUtil.RuntimeOptions({ autoretry: false, connectTimeout: TIMEOUT_MS, readTimeout: TIMEOUT_MS });
  let todos: TodoSdk | undefined;
  const loadTodos = (): TodoSdk => {
    const models: TodoSdkModule = require('@alicloud/dingtalk/dist/todo_1_0/client.js');
    return { models, client: boundAnswers(new models.default(config()), TIMEOUT_MS), runtime };
  };
  return {
    cards: boundAnswers(new card.default(config()), TIMEOUT_MS),
    robot: boundAnswers(new robotModels.default(config()), TIMEOUT_MS),
    tokens: boundAnswers(new tokenModels.default(config()), TIMEOUT_MS),
    card,
    robotModels,
    tokenModels,
    todos: () => (todos ??= loadTodos()),
    runtime,
  };
}
