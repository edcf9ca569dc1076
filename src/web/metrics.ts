import { collectDefaultMetrics, Registry } from 'prom-client';

/** An own registry with Node's figures in it; parts add their counters to it. */
export function newMetrics(): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return registry;
}
