import { signal } from '@preact/signals';
import type { Exchange } from '../../protocol/exchange.ts';
import { forgetTraffic, getTraffic, RefusedError } from './api.ts';

/** Whether the drawer for developers is open; it never opens by itself. */
export const inspecting = signal(false);
/** What went to and fro, oldest first, as it was asked for last. */
export const traffic = signal<readonly Exchange[]>([]);

/** Asks for it anew; while the sandbox does not answer, what is known stays. */
export async function lookAtTraffic(): Promise<void> {
  try {
    traffic.value = await getTraffic();
  } catch (problem) {
    if (!(problem instanceof RefusedError)) throw problem;
  }
}

/** Forgets what went to and fro. */
export async function clearTraffic(): Promise<void> {
  await forgetTraffic();
  await lookAtTraffic();
}
