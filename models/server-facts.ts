import { database } from './database.ts';

/** What the connected server is. */
export interface ServerFacts {
  /** `7.0.5`. */
  readonly version: string;
  /** Of which replica set it is a member; undefined for one that stands alone. */
  readonly replicaSet?: string | undefined;
  /** A router of a sharded cluster. */
  readonly sharded: boolean;
  /** How long a transaction of a process that is gone holds what it touched; undefined where the server does not tell. */
  readonly transactionLifetimeS?: number | undefined;
}

export async function serverFacts(): Promise<ServerFacts> {
  const admin = database().admin();
  const [hello, build] = [await admin.command({ hello: 1 }), await admin.command({ buildInfo: 1 })];
  const parameter = await admin.command({ getParameter: 1, transactionLifetimeLimitSeconds: 1 }).catch(() => undefined);
  const lifetime: unknown = parameter?.transactionLifetimeLimitSeconds;
  return {
    version: String(build.version),
    replicaSet: typeof hello.setName === 'string' ? hello.setName : undefined,
    sharded: hello.msg === 'isdbgrid',
    transactionLifetimeS: typeof lifetime === 'number' ? lifetime : undefined,
  };
}
