import { z } from 'zod';

/** The shape of one knob (README.md says what each does). `times` counts down; without it the fault stays until cleared. */
export const faultSchema = z.strictObject({
  kind: z.enum([
    'duplicatePush',
    'delayPush',
    'dropPush',
    'dropAck',
    'fireAndForget',
    'quotaUsedUp',
    'disconnect',
    'closeSocket',
    'silence',
    'refuseHandshake',
    'qps',
    'apiQuota',
    'gatewayTimeout',
    'undelivered',
    'inviteRefused',
    'linkExpired',
    'codeExpired',
    'tokenExpired',
  ]),
  times: z.int().positive().optional(),
  /** API faults: the path, exactly (`/v1.0/card/instances`). */
  path: z.string().optional(),
  /** API faults: the HTTP method, where one path has two calls. */
  method: z.enum(['GET', 'POST', 'PUT']).optional(),
  userId: z.string().optional(),
  /** `inviteRefused`: the code of the old API. */
  errcode: z.int().positive().optional(),
  /** Push faults: only this sort of push. */
  on: z.enum(['message', 'tap', 'event']).optional(),
  /** `delayPush`: how long; `gatewayTimeout`: how long before the 504 is answered. */
  delayMs: z.int().min(0).max(60_000).optional(),
  /** `gatewayTimeout`: the call is carried out all the same. */
  done: z.boolean().optional(),
});

export type Fault = z.infer<typeof faultSchema>;
export type FaultKind = Fault['kind'];
export type FaultSubject = {
  path?: string | undefined;
  method?: string | undefined;
  userId?: string | undefined;
  on?: 'message' | 'tap' | 'event' | undefined;
};

/** The faults that are on. They are a test's tool and do not outlive the sandbox. */
export class Faults {
  #active: { id: number; fault: Fault; left: number }[] = [];
  #last = 0;

  add(fault: Fault): number {
    const id = ++this.#last;
    this.#active.push({ id, fault, left: fault.times ?? Number.POSITIVE_INFINITY });
    return id;
  }

  list(): (Fault & { id: number; left: number | null })[] {
    return this.#active.map(({ id, fault, left }) => ({ ...fault, id, left: Number.isFinite(left) ? left : null }));
  }

  clear(): void {
    this.#active = [];
  }

  /** The first fault of this kind that fits, used up once; a filter that the subject does not have never fits. */
  take(kind: FaultKind, subject: FaultSubject = {}): Fault | undefined {
    const found = this.#active.find(
      ({ fault }) =>
        fault.kind === kind &&
        (fault.path === undefined || fault.path === subject.path) &&
        (fault.method === undefined || fault.method === subject.method) &&
        (fault.userId === undefined || fault.userId === subject.userId) &&
        (fault.on === undefined || fault.on === subject.on),
    );
    if (found === undefined) return undefined;
    found.left--;
    this.#active = this.#active.filter(({ left }) => left > 0);
    return found.fault;
  }
}
