/** Where the texts of a language lie: a file in each place. */
export const PLACES = {
  cards: (tag: string): string => `cards/locales/${tag}.json`,
  glossary: (tag: string): string => `cards/locales/glossary/${tag}.md`,
  programme: (tag: string): string => `programmes/alipay-plus/${tag}.yaml`,
  page: (tag: string): string => `packages/dingtalk-sandbox/src/page/words/${tag}.ts`,
} as const;

/** Where a language is entered by a line, and what that line has of it. */
export const LISTS = {
  'src/domain/languages.ts': (tag: string): RegExp => new RegExp(`^  (?:'${tag}'|${tag}): \\{`, 'm'),
  'programmes/alipay-plus/programme.yaml': (tag: string): RegExp => new RegExp(`^languages: \\[.*\\b${tag}\\b`, 'm'),
  'packages/dingtalk-sandbox/src/page/state/words.ts': (tag: string): RegExp => new RegExp(`tag: '${tag}'`),
} as const;

/** The name under which the page's words of a language are exported: `ZHHK`. */
export function pageExport(tag: string): string {
  return tag.replaceAll('-', '').toUpperCase();
}
