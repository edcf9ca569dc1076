import { expect, it } from 'vitest';
import { createVisitLimits } from '../../src/web/pages/visit-limits.ts';
import { useModels } from '../models/store.ts';

useModels(undefined);

const NOW = Date.UTC(2026, 10, 26, 9);
const inProcess = () => createVisitLimits(() => NOW);

async function admitted(limits: ReturnType<typeof inProcess>, address: string, times: number): Promise<number> {
  const waits = await Promise.all(Array.from({ length: times }, () => limits.visit('look', address)));
  return waits.filter((seconds) => seconds === 0).length;
}

it('three hundred looks in ten minutes are one address’s, however many come at once', async () => {
  const limits = inProcess();
  expect(await admitted(limits, '10.3.0.1', 400)).toBe(300);
  expect(await limits.visit('look', '10.3.0.1')).toBeGreaterThan(0);
  expect(await limits.visit('look', '10.3.0.2')).toBe(0);
});

it('they are counted over all processes', async () => {
  expect(await admitted(inProcess(), '10.3.0.3', 200)).toBe(200);
  expect(await admitted(inProcess(), '10.3.0.3', 200)).toBeLessThanOrEqual(100);
});
