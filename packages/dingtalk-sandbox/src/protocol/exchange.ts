/** A frame that was pushed to an app, or a call that an app made, with what came back. */
export interface Exchange {
  /** Grows with each, and stays. */
  readonly n: number;
  readonly kind: 'push' | 'call';
  /** By the demo's clock. */
  readonly at: number;
  /** A topic, or method and path. */
  readonly name: string;
  /** Whom it is about, where that is known. */
  readonly userId?: string | undefined;
  /** As JSON, without secrets; what is too long is cut. */
  readonly sent: string;
  readonly answer?: string | undefined;
  /** `200`, or why nothing came back. */
  readonly outcome?: string | undefined;
  readonly tookMs?: number | undefined;
}
