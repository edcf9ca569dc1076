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

/** A variable that lives in the client: empty when the card arrives, gone when the chat is left. */
export interface LocalVariable {
  readonly name: string;
  readonly type: string;
}

/** A variable that the client computes of the others. */
export interface ExpressionVariable {
  readonly name: string;
  readonly content: string;
}

/** What the sandbox needs of an exported template: its variables and its tree. All of it is JSON. */
export interface CardTemplate {
  readonly variables: readonly TemplateVariable[];
  readonly locals: readonly LocalVariable[];
  readonly expressions: readonly ExpressionVariable[];
  readonly roots: readonly TemplateNode[];
}

/** The text is not a template in the builder's export format; the message says where. */
export class TemplateError extends Error {}
