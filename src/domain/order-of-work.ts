/** In which order an ISO works, as it was agreed with it (domain A.3); what each holds says the programme. */
export const ORDERS_OF_WORK = ['plain', 'verify-then-deploy', 'deploy-then-verify'] as const;
export type OrderOfWork = (typeof ORDERS_OF_WORK)[number];

/** What an operator set for an ISO: who agreed it with it, on which day (`2026-11-24`), and when it was set, by `clock.now()`. */
export interface AgreedOrder {
  readonly order: OrderOfWork;
  readonly agreedBy: string;
  readonly agreedOn: string;
  readonly at: number;
}
