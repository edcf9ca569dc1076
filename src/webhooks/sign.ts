import { createHmac } from 'node:crypto';

/** What is signed, and by it found again: an event as it is sent now. */
export interface SignedMessage {
  readonly eventId: string;
  /** When it is sent, seconds since the epoch by this machine: receivers refuse what is minutes away from their own clock. */
  readonly seconds: number;
  readonly body: string;
}

/** The headers of a message as Standard Webhooks has them (version 1), signed with every secret: while one takes another's place both count. */
export function signedHeaders(message: SignedMessage, secrets: readonly Buffer[]): Record<string, string> {
  const { eventId, seconds, body } = message;
  const signatures = secrets.map((secret) => {
    return `v1,${createHmac('sha256', secret).update(`${eventId}.${seconds}.${body}`).digest('base64')}`;
  });
  return {
    'content-type': 'application/json',
    'webhook-id': eventId,
    'webhook-timestamp': String(seconds),
    'webhook-signature': signatures.join(' '),
  };
}
