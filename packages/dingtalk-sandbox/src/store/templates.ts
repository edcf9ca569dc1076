import { parseTemplate } from '../template/parse.ts';
import { SHARED_TEMPLATES } from '../template/shared-templates.ts';
import type { CardTemplate } from '../template/template.ts';
import type { Database } from './database.ts';

/** Card templates by id, parsed once; DingTalk's shared ones are always there. */
export class Templates {
  readonly #db: Database;
  readonly #parsed = new Map<string, CardTemplate>();

  constructor(db: Database) {
    this.#db = db;
  }

  /** Keeps a template in the builder's export format; throws `TemplateError` when it is not one. */
  save(id: string, source: string, published: boolean): void {
    this.#parsed.set(id, parseTemplate(source));
    this.#db.run(
      'INSERT OR REPLACE INTO templates (id, source, published) VALUES (?, ?, ?)',
      id,
      source,
      published ? 1 : 0,
    );
  }

  state(id: string): 'published' | 'unpublished' | 'unknown' {
    const row = this.#db.one<{ published: number }>('SELECT published FROM templates WHERE id = ?', id);
    if (row === undefined) return SHARED_TEMPLATES.has(id) ? 'published' : 'unknown';
    return row.published === 1 ? 'published' : 'unpublished';
  }

  find(id: string): CardTemplate | undefined {
    const known = this.#parsed.get(id);
    if (known !== undefined) return known;
    const row = this.#db.one<{ source: string }>('SELECT source FROM templates WHERE id = ?', id);
    if (row === undefined) return SHARED_TEMPLATES.get(id);
    const parsed = parseTemplate(row.source);
    this.#parsed.set(id, parsed);
    return parsed;
  }

  forget(): void {
    this.#parsed.clear();
  }
}
