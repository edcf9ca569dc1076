/** A value in a binding or in data; what JSON can hold. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

export type Props = Readonly<Record<string, Json>>;

/** One component of the template's tree. */
export interface TemplateNode {
  readonly componentName: string;
  readonly id: string;
  readonly props: Props;
  /** False when the builder's author hid it. */
  readonly shown: boolean;
  readonly children: readonly TemplateNode[];
}

export interface TemplateVariable {
  readonly name: string;
  readonly type: string;
  readonly private: boolean;
}

/** What the sandbox needs of an exported template: its variables and its tree. */
export interface CardTemplate {
  readonly variables: readonly TemplateVariable[];
  readonly roots: readonly TemplateNode[];
}

/** The text is not a template in the builder's export format; the message says where. */
export class TemplateError extends Error {}
