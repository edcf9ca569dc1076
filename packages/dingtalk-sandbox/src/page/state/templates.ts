import { signal } from '@preact/signals';
import type { CardTemplate } from '../../template/template.ts';
import { getTemplate } from './api.ts';

/** The templates of the cards that changed something in the client, by the card. */
export const templates = signal<ReadonlyMap<string, CardTemplate>>(new Map());

/** A card's template, fetched once; the page draws by it what only the client knows. */
export async function templateOf(outTrackId: string): Promise<CardTemplate> {
  const known = templates.value.get(outTrackId);
  if (known) return known;
  const template = await getTemplate(outTrackId);
  templates.value = new Map(templates.value).set(outTrackId, template);
  return template;
}
