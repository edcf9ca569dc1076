import type { PaymentTool } from './inspection.ts';

/**
 * Where each app is to be had. Alipay stands in every app store. For Alipay+ Linker the programme publishes no store entry that we
 * know of: its user guide says how to get it.
 */
export const DOWNLOADS: Readonly<Record<PaymentTool, string>> = {
  ALIPAY: 'https://mobile.alipay.com/index.htm',
  ALIPAY_PLUS_LINKER: 'https://docs.alipayplus.com/alipayplus/alipayplus/awallet_user_guide/simulator',
};
