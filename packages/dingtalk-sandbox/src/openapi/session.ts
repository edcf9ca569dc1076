/** Contract 2.1: in all official samples a sessionWebhook lives 90 minutes. */
export const SESSION_LIFE_MS = 5_400_000;

export interface Session {
  readonly conversationId: string;
  /** By the demo's clock. */
  readonly until: number;
}

/** The `session` of a sessionWebhook; it says itself where it leads, nothing is stored. */
export function sessionText(session: Session): string {
  return Buffer.from(JSON.stringify([session.conversationId, session.until])).toString('base64url');
}

export function openSession(text: string): Session | undefined {
  try {
    const parts = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as unknown;
    if (!Array.isArray(parts)) return undefined;
    const [conversationId, until] = parts as unknown[];
    return typeof conversationId === 'string' && typeof until === 'number' ? { conversationId, until } : undefined;
  } catch {
    return undefined;
  }
}
