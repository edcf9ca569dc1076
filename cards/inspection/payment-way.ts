import type { PaymentMode } from '../../src/inspection/inspection.ts';
import type { TextKey } from '../text-key.ts';

/** The two ways of paying, by who shows the code. */
export const PAYMENT_WAYS: Readonly<Record<PaymentMode, TextKey>> = { MPM: 'way.MPM', UPM: 'way.UPM' };
