import { model, Schema } from 'mongoose';
import type { Transaction } from './transaction.ts';

/** What happened to a subject, for `why` and for operators: ids and codes only, never a name, a phone or a text typed. */
export interface AuditEntry {
  /** By `clock.now()`. */
  readonly at: number;
  /** A userId, or `system`. */
  readonly by: string;
  readonly isoId?: string;
  /** `promotion.submit`, `association.approve`, … */
  readonly what: string;
  readonly subject: { readonly kind: string; readonly id: string };
  /** The update that caused it: `msgId`, `messageId`, `eventId`. */
  readonly cause: string;
  readonly details?: Readonly<Record<string, string | number>>;
}

const schema = new Schema<AuditEntry>(
  {
    at: Number,
    by: String,
    isoId: String,
    what: String,
    subject: { kind: String, id: String },
    cause: String,
    details: Object,
  },
  { versionKey: false },
);
schema.index({ 'subject.id': 1, at: 1 });

const Audit = model<AuditEntry>('audit', schema, 'audit');

export async function addAudit(entries: readonly AuditEntry[], tx: Transaction): Promise<void> {
  if (entries.length > 0) await Audit.insertMany(entries, { session: tx });
}
