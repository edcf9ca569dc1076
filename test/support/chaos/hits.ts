import type { SandboxApi } from '../world/sandbox-api.ts';

type ActiveKnob = { readonly id: number; readonly left: number | null };

interface SetKnob {
  readonly id: number;
  readonly kind: string;
  readonly times: number;
  readonly on?: unknown;
  readonly userId?: unknown;
}

/**
 * How often a fault really hit, by kind. A knob of the sandbox counts as often as a push or a call used it up: what it had left when
 * it was looked at last (several times a second) did not happen. A process counts when the signal reached it, a connection when it
 * was open, a disk once it was full, the calendar once it had moved.
 */
export class Hits {
  readonly byKind = new Map<string, number>();
  /** What hit when, by this machine's clock, for whoever looks for the cause of something. */
  readonly log: string[] = [];
  readonly #sandbox: SandboxApi;
  #set: SetKnob[] = [];
  readonly #used = new Map<number, number>();
  /** How much of what was set is still to hit. */
  pending = 0;

  constructor(sandbox: SandboxApi) {
    this.#sandbox = sandbox;
  }

  get total(): number {
    return [...this.byKind.values()].reduce((sum, times) => sum + times, 0);
  }

  add(kind: string, times = 1): void {
    if (times <= 0) return;
    this.byKind.set(kind, (this.byKind.get(kind) ?? 0) + times);
    this.log.push(`${new Date().toISOString()} ${kind} ×${times}`);
  }

  /** Sets a knob for so many times. */
  async sets(kind: string, knob: Readonly<Record<string, unknown>> & { kind: string; times: number }): Promise<void> {
    const { ids } = await this.#sandbox.post<{ ids: readonly number[] }>('/faults', knob);
    const { on, userId, times } = knob;
    for (const id of ids) this.#set.push({ id, kind, times, on, userId });
    this.pending += times;
  }

  /** Whether something is still to happen to what this person sends of this sort. */
  awaits(userId: string, on: unknown): boolean {
    return this.#set.some((knob) => knob.userId === userId && knob.on === on);
  }

  /** Counts what was used up since the last look. */
  async looks(): Promise<void> {
    const active = new Map((await this.#sandbox.get<ActiveKnob[]>('/faults')).map(({ id, left }) => [id, left ?? 0]));
    this.pending = [...active.values()].reduce((sum, left) => sum + left, 0);
    for (const { id, kind, times } of this.#set) {
      const used = times - (active.get(id) ?? 0);
      this.add(kind, used - (this.#used.get(id) ?? 0));
      this.#used.set(id, used);
    }
    this.#set = this.#set.filter(({ id }) => active.has(id));
  }

  /** The sandbox is ended, and its knobs with it: what they had left does not count. */
  async forgets(): Promise<void> {
    await this.looks().catch(() => undefined);
    this.#set = [];
    this.#used.clear();
    this.pending = 0;
  }

  /** Ends every knob. */
  async clears(): Promise<void> {
    await this.looks();
    await this.#sandbox.delete('/faults');
    await this.forgets();
  }
}
