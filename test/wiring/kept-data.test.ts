import { expect, it } from 'vitest';
import { newMetrics } from '../../src/web/metrics.ts';
import { createKeptData } from '../../src/wiring/kept-data.ts';
import { logLines } from '../support/log-lines.ts';

it('damage that the store finds in its data is logged, and shown to whoever looks at the health and the metrics', async () => {
  const { log, of } = logLines('info');
  const kept = createKeptData(log);
  const metrics = newMetrics(kept.figures);
  expect(kept.health()).toEqual({ ok: true, essential: false });
  expect(await metrics.metrics()).toContain('store_examined_documents 0');
  kept.examined({ documents: 7, damage: [] });
  expect(kept.health()).toEqual({ ok: true, essential: false });
  const text = await metrics.metrics();
  expect([text.includes('store_examined_documents 7'), text.includes('store_damage 0')]).toEqual([true, true]);
  expect(of('store.damaged')).toEqual([]);
  kept.examined({ documents: 7, damage: ['field.items: document 3 is not what was stored'] });
  expect(kept.health()).toEqual({ ok: false, essential: false, detail: expect.stringContaining('store check') });
  // the page is public
  expect(kept.health().detail).not.toContain('field.items');
  expect(await metrics.metrics()).toContain('store_damage 1');
  expect(of('store.damaged')).toMatchObject([{ damage: ['field.items: document 3 is not what was stored'] }]);
});
