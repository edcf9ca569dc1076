import { z } from 'zod';

const times = z.int().positive().optional();
/** Limited to one person. */
const person = { times, userId: z.string().optional() };
/** Limited to one sort of push. */
const push = { ...person, on: z.enum(['message', 'tap', 'event', 'dynamicData']).optional() };
/** Limited to some calls: `path` exactly, or with `*` for anything; `method` where one path has two calls. */
const call = {
  ...person,
  path: z.string().regex(/^[/*]/).optional(),
  method: z.enum(['GET', 'POST', 'PUT']).optional(),
};
/** Happens to so many of the open connections, the oldest first; else to all. */
const someConnections = { times, connections: z.int().positive().optional() };
const delayMs = z.int().min(0).max(60_000);
const knob = <Kind extends string, Shape extends z.ZodRawShape>(kind: Kind, shape: Shape) =>
  z.strictObject({ kind: z.literal(kind), ...shape });

/** The shape of each knob; README.md says what it does. `times` counts down; without it the knob stays until it is cleared. */
export const faultSchema = z.discriminatedUnion('kind', [
  knob('duplicatePush', push),
  knob('delayPush', { ...push, delayMs }),
  knob('dropPush', push),
  knob('dropAck', push),
  knob('newMessageId', push),
  knob('fireAndForget', person),
  knob('quotaUsedUp', person),
  knob('sparseMessage', person),
  knob('refusal', {
    ...call,
    code: z.union([z.string().min(1), z.int()]),
    status: z.int().min(400).max(599).optional(),
    message: z.string().optional(),
    body: z.record(z.string(), z.unknown()).optional(),
  }),
  knob('qps', call),
  knob('apiQuota', call),
  knob('gatewayTimeout', { ...call, delayMs: delayMs.optional(), done: z.boolean().optional() }),
  knob('undelivered', person),
  knob('silentRepeat', person),
  knob('valueLimit', { bytes: z.int().positive().default(1024) }),
  knob('trackIdLimit', { length: z.int().positive().default(64) }),
  knob('inviteRefused', { times, errcode: z.int().positive().optional() }),
  knob('memberAtOnce', { times }),
  knob('registeredAbroad', {}),
  knob('bareMobile', person),
  knob('codeExpired', person),
  knob('linkExpired', person),
  knob('freshForms', {}),
  knob('jsapi', {
    ...person,
    name: z.enum(['biz.util.scan', 'device.geolocation.get']).optional(),
    delayMs: delayMs.optional(),
    errorCode: z.string().min(1).optional(),
    errorMessage: z.string().optional(),
    result: z.record(z.string(), z.unknown()).optional(),
  }),
  knob('refuseHandshake', { times }),
  knob('disconnect', someConnections),
  knob('closeSocket', someConnections),
  knob('silence', someConnections),
  knob('tokenExpired', { times }),
]);

export const faultKindSchema = z.enum(faultSchema.options.map(({ shape }) => shape.kind.value));

export type Fault = z.infer<typeof faultSchema>;
export type FaultKind = Fault['kind'];
export type FaultOf<Kind extends FaultKind> = Extract<Fault, { kind: Kind }>;
export type FaultSubject = {
  path?: string | undefined;
  method?: string | undefined;
  userId?: string | undefined;
  name?: string | undefined;
  on?: 'message' | 'tap' | 'event' | 'dynamicData' | undefined;
};

/** The faults that are on. They are a test's tool and do not outlive the sandbox. */
export class Faults {
  #active: { id: number; fault: Fault; left: number }[] = [];
  #last = 0;

  add(fault: Fault): number {
    const id = ++this.#last;
    const left = 'times' in fault ? fault.times : undefined;
    this.#active.push({ id, fault, left: left ?? Number.POSITIVE_INFINITY });
    return id;
  }

  list(): (Fault & { id: number; left: number | null })[] {
    return this.#active.map(({ id, fault, left }) => ({ ...fault, id, left: Number.isFinite(left) ? left : null }));
  }

  /** Ends all, or all of one kind. */
  clear(kind?: FaultKind): void {
    this.#active = kind === undefined ? [] : this.#active.filter(({ fault }) => fault.kind !== kind);
  }

  /** The first fault of this kind that fits, used up once; a filter that the subject does not have never fits. */
  take<Kind extends FaultKind>(kind: Kind, subject: FaultSubject = {}): FaultOf<Kind> | undefined {
    const found = this.#active.find(({ fault }) => isOf(fault, kind) && fits(fault, subject));
    if (found === undefined || !isOf(found.fault, kind)) return undefined;
    found.left--;
    this.#active = this.#active.filter(({ left }) => left > 0);
    return found.fault;
  }
}

function isOf<Kind extends FaultKind>(fault: Fault, kind: Kind): fault is FaultOf<Kind> {
  return fault.kind === kind;
}

function fits(fault: Fault, subject: FaultSubject): boolean {
  return (
    (!('path' in fault) || fault.path === undefined || covers(fault.path, subject.path)) &&
    (!('method' in fault) || fault.method === undefined || fault.method === subject.method) &&
    (!('name' in fault) || fault.name === undefined || fault.name === subject.name) &&
    (!('userId' in fault) || fault.userId === undefined || fault.userId === subject.userId) &&
    (!('on' in fault) || fault.on === undefined || fault.on === subject.on)
  );
}

function covers(pattern: string, path: string | undefined): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return path !== undefined && new RegExp(`^${parts.join('.*')}$`).test(path);
}
