/** The page's own sentences, in the person's language; made by the bot (`scan-page.ts`). What stands in braces is put in here. */
export interface PageTexts {
  readonly allSent: string;
  readonly asItWas: string;
  readonly cannotKeep: string;
  readonly checking: string;
  readonly clockWrong: string;
  readonly clockWrongOneHour: string;
  readonly closeIt: string;
  readonly code: string;
  readonly elsewhere: string;
  readonly example: string;
  readonly fillIn: string;
  readonly full: string;
  readonly gallery: string;
  readonly have: string;
  readonly kept: string;
  readonly noCamera: string;
  readonly noConnection: string;
  readonly offline: string;
  readonly onPhone: string;
  readonly opening: string;
  readonly others: string;
  readonly photo: string;
  readonly place: string;
  readonly read: string;
  readonly save: string;
  readonly scan: string;
  readonly sending: string;
  readonly tooBig: string;
  readonly type: string;
  readonly waiting: string;
  readonly whoAreYou: string;
}

/** A sentence with what belongs into it. */
export function filled(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
