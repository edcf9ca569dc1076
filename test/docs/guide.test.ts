import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const guide = readFileSync('docs/guide.md', 'utf8');

/** A quoted sentence of the programme's guide, and what stands below it. */
interface Sentence {
  readonly quote: string;
  readonly below: string;
}

const sentences: readonly Sentence[] = guide
  .split(/^> /m)
  .slice(1)
  .map((part) => {
    const end = part.indexOf('\n');
    return { quote: part.slice(0, end), below: part.slice(end).replace(/^#+ .*$/gm, '') };
  });

const proofs = [...guide.matchAll(/^Proved by `(.+?)`: (.+)$/gm)].map(([, file = '', name = '']) => ({ file, name }));
const pictures = [...guide.matchAll(/<img src="(.+?)"/g)].map(([, path = '']) => join('docs', path));

describe('the guide', () => {
  it("quotes every sentence of the programme's chapter, in its words and order", () => {
    const quoted = sentences.map(({ quote }) => quote).join('\n');
    expect(sentences).toHaveLength(46);
    expect(createHash('sha256').update(quoted).digest('hex')).toBe(
      '102fac5d92bb2e7218ccac60f9ab6e29fd05700242abf024ca96b4a269ef2a8a',
    );
  });

  it.each(sentences)('shows the card of “$quote”, and says what proves it', ({ below }) => {
    expect(below).toContain('Proved by `');
    expect(below).toContain('<img ');
  });

  it('names only tests that exist', () => {
    expect(proofs.length).toBeGreaterThan(0);
    for (const { file, name } of proofs) {
      expect(existsSync(file), file).toBe(true);
      const text = readFileSync(file, 'utf8');
      expect(
        [`it('${name}'`, `test('${name}'`].some((call) => text.includes(call)),
        `${file}: ${name}`,
      ).toBe(true);
    }
  });

  it('shows only pictures that are there, and small', () => {
    expect(pictures.length).toBeGreaterThan(0);
    for (const picture of pictures) expect(statSync(picture).size, picture).toBeLessThan(80_000);
  });
});
