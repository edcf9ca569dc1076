import { LANGUAGES } from '../../src/domain/languages.ts';
import { type CardDrawing, drawCard } from './draw-card.ts';
import { type Drawn, drawnInAll } from './drawn.ts';
import { OptionLists } from './option-lists.ts';

/** Room for the name of a language before each of its lines. */
const MARGIN = Math.max(...LANGUAGES.map(({ length }) => length)) + 2;

/** What a translator reviews, by file name: a page for each view, with every face in every language, and one of the long lists. */
export function pages(): Map<string, string> {
  const lists = new OptionLists();
  const found = new Map<string, string>();
  for (const [name, faces] of grouped(drawnInAll, ({ name }) => name)) {
    const drawings = [...grouped(faces, ({ face }) => face)].map(([face, drawn]) => faceText(face, drawn, lists));
    found.set(`${name}.txt`, drawings.join('\n'));
  }
  return found.set('options.txt', lists.page());
}

/** One face: in each language as it is seen, then once what stands behind it, unless that differs. */
function faceText(face: string, drawn: readonly Drawn[], lists: OptionLists): string {
  const cards = drawn.map(({ language, view }) => {
    const card = drawCard(view, (field, options) => lists.nameIn(language, field, options));
    return { language, ...card };
  });
  const [first] = cards;
  const alike = cards.every(({ behind }) => behind.join('\n') === first?.behind.join('\n'));
  const blocks = cards.flatMap(({ language, seen, behind }) => block(language, alike ? seen : [...seen, ...behind]));
  const shared = alike ? block('', first?.behind ?? []) : [];
  return `#### ${face}\n\n${[...blocks, ...shared].join('\n')}\n`;
}

function block(margin: string, lines: CardDrawing['seen']): string[] {
  return lines.map((line, index) => `${(index === 0 ? margin : '').padEnd(MARGIN)}${line}`.trimEnd());
}

function grouped<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}
