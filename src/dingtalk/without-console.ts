import type { EventEmitter } from 'node:events';

/**
 * Runs something synchronous with the console's `info`, `warn` and `error` off: the SDK writes there on every connect and
 * error, past the log and with whatever the error carries. Nothing else runs meanwhile, so no other line is lost.
 */
export function withoutConsole<T>(run: () => T): T {
  const { info, warn, error } = console;
  Object.assign(console, { info: silence, warn: silence, error: silence });
  try {
    return run();
  } finally {
    Object.assign(console, { info, warn, error });
  }
}

/** Silences the listeners that an emitter has for an event at this moment. */
export function silenceListeners(emitter: EventEmitter, event: string): void {
  const listeners = emitter.listeners(event);
  emitter.removeAllListeners(event);
  for (const listener of listeners) emitter.on(event, (...args) => withoutConsole(() => listener.apply(emitter, args)));
}

function silence(): void {}
