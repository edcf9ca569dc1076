import { dirname, join, normalize } from 'node:path';

/** The pages that comments cite by number, and the headings that a citation of each can resolve to. */
export type Pages = Readonly<Record<PageName, ReadonlySet<string>>>;
export const PAGE_NAMES = ['architecture', 'dingtalk', 'domain', 'wording'] as const;
type PageName = (typeof PAGE_NAMES)[number];

/** `4`, `1.7`, `A.9`, `A.12-7`, `rule 7`; and of a table of clauses `P3`. */
const HEADING = /^#{2,4} (?:Rule (\d+)|(A\.\d+(?:-\d+)?|\d+(?:\.\d+)?))\b/;
const CLAUSE = /^\| (P\d) /;

/** The numbers of a page's headings, as citations write them. */
export function headingsOf(markdown: string): ReadonlySet<string> {
  return new Set(
    markdown.split('\n').flatMap((line) => {
      const [, rule, number] = HEADING.exec(line) ?? [];
      const [, clause] = CLAUSE.exec(line) ?? [];
      return number ?? clause ?? (rule === undefined ? [] : `rule ${rule}`);
    }),
  );
}

const NUMBER = String.raw`\d{1,2}(?:\.\d{1,2})?(?![\d.]\d)`;
const DOMAIN = String.raw`A\.\d{1,2}(?:-\d{1,2})?`;
const more = (one: string) => `(?:(?:, | and )(?:${one}))*`;
/** A page's name and what follows it, as far as it is a list of numbers: `dingtalk 3.2, 5`, `domain A.12-6, 7`, `policy P2, P4`. */
const CITATIONS: readonly { readonly page: PageName; readonly form: RegExp }[] = [
  { page: 'architecture', form: new RegExp(String.raw`(?<![\w@/.-])architecture (${NUMBER}${more(NUMBER)})`, 'g') },
  { page: 'dingtalk', form: new RegExp(String.raw`(?<![\w@/.-])dingtalk (${NUMBER}${more(NUMBER)})`, 'g') },
  { page: 'domain', form: new RegExp(String.raw`\bdomain (${DOMAIN}${more(String.raw`${DOMAIN}|\d{1,2}|P\d`)})`, 'g') },
  { page: 'domain', form: /\bpolicy (P\d(?:(?:, | and )P\d)*)/g },
  { page: 'wording', form: /\bwording (rule \d{1,2})/g },
];
/** How pages that are not here were cited, and a domain number without its page. */
const NO_PAGE = /\b(?:design|contract) \d|\bcards\.md\b|\bPOL P\d|\((?:rule \d|A\.\d)/g;

/** The citations in a text that no heading answers, each as it stands there. */
export function unresolved(text: string, pages: Pages): readonly string[] {
  const cited = CITATIONS.flatMap(({ page, form }) =>
    [...text.matchAll(form)].flatMap(([, list = '']) =>
      numbersOf(list)
        .filter((number) => !pages[page].has(number))
        .map((number) => `${page} ${number}`),
    ),
  );
  return [...cited, ...[...text.matchAll(NO_PAGE)].map(([found]) => found)];
}

/** `A.12-6, 7` is two of the same chapter. */
function numbersOf(list: string): readonly string[] {
  const chapter = /^A\.\d+-/.exec(list)?.[0];
  return list
    .split(/, | and /)
    .map((number) => (chapter !== undefined && /^\d+$/.test(number) ? chapter + number : number));
}

/** The pages of `docs/` that a text names by their path and that are not there. */
export function lostPages(text: string, isThere: (path: string) => boolean): readonly string[] {
  return [...text.matchAll(/(?<![\w/.-])docs\/[\w/-]+\.md\b/g)].map(([path]) => path).filter((path) => !isThere(path));
}

/** What a link can lead to: the text of a file or undefined, by its path from the checkout's root; a folder has an empty one. */
export type Read = (path: string) => string | undefined;

/** The relative links of a page that lead to no file, or to no heading of it. */
export function deadLinks(path: string, markdown: string, read: Read): readonly string[] {
  const prose = markdown.replace(/^```.*?^```/gms, '').replace(/`[^`\n]*`/g, '');
  const links = [...prose.matchAll(/\]\(([^)\s]+)\)|<img src="([^"]+)"/g)].map(
    ([, link, image]) => link ?? image ?? '',
  );
  return links.filter((link) => !/^[a-z]+:/.test(link) && !leadsSomewhere(path, markdown, link, read));
}

function leadsSomewhere(from: string, own: string, link: string, read: Read): boolean {
  const [file = '', anchor] = link.split('#');
  const text = file === '' ? own : read(normalize(join(dirname(from), file)));
  if (text === undefined || anchor === undefined) return text !== undefined;
  return anchorsOf(text).has(anchor);
}

/** The anchors that a page's headings have where it is read: lower case, no punctuation, hyphens for spaces. */
function anchorsOf(markdown: string): ReadonlySet<string> {
  const headings = markdown.replace(/^```.*?^```/gms, '').match(/^#+ .*$/gm) ?? [];
  return new Set(
    headings.map((heading) =>
      heading
        .replace(/^#+ /, '')
        .replace(/\[(.*?)\]\(.*?\)/g, '$1')
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\p{M} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}
