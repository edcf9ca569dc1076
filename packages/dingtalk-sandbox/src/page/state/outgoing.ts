import { signal } from '@preact/signals';
import { type OutgoingMessage, postMessage, RefusedError } from './api.ts';
import { words } from './words.ts';

/** A message of this page that the sandbox has not taken yet. */
export interface Unsent {
  readonly id: number;
  readonly conversationId: string;
  readonly message: OutgoingMessage;
  /** Set when it could not be sent; it stays until it is sent again or thrown away. */
  readonly problem?: string | undefined;
}

export const unsent = signal<readonly Unsent[]>([]);
/** Counts what was sent from here, so that the chat follows it to its end. */
export const sendings = signal(0);

let lastId = 0;
let queue: Promise<void> = Promise.resolve();

/** Sends a message after those before it, shown as on its way until the sandbox has it. */
export function send(conversationId: string, message: OutgoingMessage): void {
  lastId += 1;
  enqueue({ id: lastId, conversationId, message });
}

/** Sends again what failed. */
export function sendAgain(one: Unsent): void {
  discard(one.id);
  enqueue({ id: one.id, conversationId: one.conversationId, message: one.message });
}

/** Throws away what could not be sent. */
export function discard(id: number): void {
  unsent.value = unsent.value.filter((one) => one.id !== id);
}

function enqueue(one: Unsent): void {
  unsent.value = [...unsent.value, one];
  sendings.value += 1;
  queue = queue.then(() => deliver(one));
}

async function deliver(one: Unsent): Promise<void> {
  try {
    await postMessage(one.message);
    discard(one.id);
  } catch (problem) {
    const text = problem instanceof RefusedError ? problem.message : words.value.problem.notSent;
    unsent.value = unsent.value.map((other) => (other.id === one.id ? { ...one, problem: text } : other));
  }
}
