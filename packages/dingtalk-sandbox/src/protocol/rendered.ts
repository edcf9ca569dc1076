import type { InputTarget, RenderedEvent } from './interaction.ts';

/** What the control API answers about a card. */
export interface RenderedView {
  readonly title: string;
  readonly texts: readonly string[];
  readonly images: readonly string[];
  readonly forms: readonly RenderedForm[];
  readonly buttons: readonly RenderedButton[];
}

export interface RenderedForm {
  readonly actionId: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly fields: readonly RenderedField[];
  readonly submitLabel: string;
  readonly disabled: boolean;
}

export interface RenderedField {
  readonly name: string;
  readonly label: string;
  /** DingTalk's form field types (dingtalk 4.4). */
  readonly type: string;
  readonly required: boolean;
  readonly requiredMsg?: string | undefined;
  readonly placeholder?: string | undefined;
  readonly options?: readonly { readonly value: string; readonly text: string }[] | undefined;
  readonly value?: unknown;
  /** Not drawn, and sent with its value all the same. */
  readonly hidden?: true | undefined;
  /** Drawn, not to be changed, and sent with its value. */
  readonly readOnly?: true | undefined;
}

export interface RenderedButton {
  readonly label: string;
  /** Empty when a tap calls nothing back. */
  readonly actionId: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly disabled: boolean;
  readonly color?: 'blue' | 'gray' | 'red' | 'gold' | undefined;
  readonly sign?: RenderedSign | undefined;
  /** Set when it opens an address instead of calling back. */
  readonly url?: string | undefined;
  /** Set when a tap is more than a request or a link. */
  readonly event?: RenderedEvent | undefined;
}

/** One cell of a row: of a fixed width in pixels, as wide as its content, or a share of what is left. */
export interface RenderedCell {
  readonly nodes: readonly RenderedNode[];
  readonly width: number | 'content' | 'share';
  /** How many shares; 1 unless said. */
  readonly span?: number | undefined;
}

/** What stands before words: an icon by its name, or a small picture. */
export type RenderedSign = Extract<RenderedNode, { kind: 'icon' | 'image' }>;

/** A cell of a table: words, words with a sign or that can be tapped, or a button. */
export type RenderedTableItem =
  | string
  | { readonly text: string; readonly sign?: RenderedSign | undefined; readonly event?: RenderedEvent | undefined }
  | { readonly button: RenderedButton };

export type RenderedNode =
  | { readonly kind: 'header'; readonly title: string; readonly sign?: RenderedSign | undefined }
  | { readonly kind: 'tag'; readonly text: string; readonly color: string }
  | {
      readonly kind: 'text';
      readonly text: string;
      readonly small: boolean;
      /** Left unless said. */
      readonly align?: 'center' | 'right' | undefined;
      readonly sign?: RenderedSign | undefined;
    }
  | { readonly kind: 'markdown'; readonly markdown: string; readonly streaming?: true | undefined }
  /** `told`: in figures as well. */
  | { readonly kind: 'progress'; readonly percent: number; readonly told?: true | undefined }
  | { readonly kind: 'icon'; readonly name: string }
  | {
      readonly kind: 'image';
      readonly url: string;
      readonly alt: string;
      /** In pixels; absent: as wide as the card. */
      readonly size?: { readonly width: number; readonly height: number; readonly round: boolean } | undefined;
    }
  | { readonly kind: 'divider' }
  | {
      readonly kind: 'table';
      readonly columns: readonly string[];
      readonly rows: readonly (readonly RenderedTableItem[])[];
    }
  | { readonly kind: 'chart'; readonly chart: unknown }
  | { readonly kind: 'form'; readonly form: RenderedForm }
  | {
      readonly kind: 'buttons';
      readonly buttons: readonly RenderedButton[];
      /** In one line, each as wide as the others. */
      readonly sideBySide?: true | undefined;
    }
  /** Side by side; with `columns`, so many to a line. */
  | { readonly kind: 'row'; readonly cells: readonly RenderedCell[]; readonly columns?: number | undefined }
  | {
      readonly kind: 'box';
      readonly nodes: readonly RenderedNode[];
      readonly shaded: boolean;
      readonly event?: RenderedEvent | undefined;
    }
  /** Opens and closes in the client. */
  | {
      readonly kind: 'panel';
      readonly id: string;
      readonly title: string;
      readonly open: boolean;
      readonly nodes: readonly RenderedNode[];
    }
  | { readonly kind: 'input'; readonly input: RenderedInput }
  /** An AI card at work, before its first words. */
  | { readonly kind: 'pending'; readonly text: string }
  | { readonly kind: 'feedback'; readonly copies?: string | undefined }
  /** A component that is not played here, or one whose data is none: a labelled box. */
  | { readonly kind: 'unknown'; readonly componentName: string; readonly problem?: string | undefined };

interface Shared {
  /** What a screen reader says. */
  readonly label: string;
  readonly disabled: boolean;
  /** Absent: nothing comes of it. */
  readonly target?: InputTarget | undefined;
}

/** An input that stands by itself in a card, outside of a form. */
export type RenderedInput =
  | (Shared & {
      readonly type: 'text';
      readonly value: string;
      readonly placeholder: string;
      /** Above the field of the dialog in which DingTalk asks for the text. */
      readonly message: string;
      /** Typed where it stands, not in a dialog. */
      readonly inline: boolean;
      readonly multiline: boolean;
    })
  | (Shared & {
      readonly type: 'select';
      readonly many: boolean;
      readonly placeholder: string;
      readonly options: readonly { readonly text: string; readonly value: unknown }[];
      /** Places in `options`. */
      readonly chosen: readonly number[];
    })
  | (Shared & {
      readonly type: 'date';
      readonly picker: 'date' | 'time' | 'datetime';
      /** How the chosen moment is written: `yyyy-MM-dd HH:mm`. */
      readonly format: string;
      readonly value: string;
      readonly placeholder: string;
    })
  | (Shared & { readonly type: 'tick'; readonly checked: boolean })
  | (Shared & {
      readonly type: 'list';
      readonly many: boolean;
      readonly look: 'boxes' | 'tags';
      readonly items: readonly {
        readonly value: unknown;
        readonly text: string;
        readonly checked: boolean;
        readonly nodes: readonly RenderedNode[];
      }[];
    });
