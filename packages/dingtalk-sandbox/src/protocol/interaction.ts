/** Values as a template binds them; they are JSON. */
type Raw = unknown;

/** What a tap does in the client (DingTalk: interactive mode, chain of events). */
export type RenderedEvent =
  | {
      readonly kind: 'request';
      readonly actionId: string;
      readonly params: Readonly<Record<string, unknown>>;
      /** What is said after the answer, bound to what the card holds then. */
      readonly said?: { readonly success: Raw; readonly failure: Raw; readonly condition: Raw } | undefined;
      readonly loops: readonly Raw[];
    }
  | { readonly kind: 'link'; readonly url: string }
  | { readonly kind: 'local'; readonly target: LocalTarget; readonly value: unknown }
  | { readonly kind: 'toast'; readonly text: string; readonly tone: Tone }
  | { readonly kind: 'copy'; readonly text: string }
  | {
      readonly kind: 'confirm';
      readonly title: string;
      readonly message: string;
      readonly ok: Choice;
      readonly cancel: Choice;
    }
  | { readonly kind: 'menu'; readonly title: string; readonly message: string; readonly choices: readonly Choice[] }
  | { readonly kind: 'chain'; readonly steps: readonly ChainStep[]; readonly loops: readonly Raw[] }
  /** A kind of event that is not played here. */
  | { readonly kind: 'unplayed'; readonly actionType: string };

export type Tone = 'plain' | 'success' | 'failure';

export interface Choice {
  readonly text: string;
  readonly event?: RenderedEvent | undefined;
}

export interface ChainStep {
  /** Where it stands in its chain. */
  readonly name: string;
  readonly event: RenderedEvent;
  /** What follows, as the template has it: it is bound to what the step brought. */
  readonly callbacks?: Raw | undefined;
}

/** A local variable, or one key of a local variable that is an object. */
export interface LocalTarget {
  readonly variable: string;
  readonly key?: string | undefined;
}

/** Where what somebody chose or typed goes: into a local variable, or with a request, under `name`. */
export type InputTarget =
  | { readonly kind: 'local'; readonly target: LocalTarget }
  | {
      readonly kind: 'request';
      readonly actionId: string;
      readonly params: Readonly<Record<string, unknown>>;
      readonly name?: string | undefined;
    };
