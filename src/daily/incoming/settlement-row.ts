import { z } from 'zod';
import { readMoney } from '../../domain/money.ts';
import { dataDate, key, oneOf, optional } from './columns.ts';
import type { Columns } from './csv-form.ts';
import type { Spelling } from './spellings.ts';

export const SETTLEMENT_COLUMNS: Columns = {
  required: ['sourceRowKey', 'dataDate', 'isoId', 'itemRef', 'fee', 'state'],
  optional: ['amount', 'currency'],
  formerly: { spotRef: 'itemRef' },
};

export const SETTLEMENT_SPELLINGS: Readonly<Record<string, Spelling>> = {
  sourceRowKey: 'key',
  dataDate: 'day',
  isoId: 'key',
  itemRef: 'key',
  fee: 'key',
  state: 'word',
  amount: 'key',
  currency: 'word',
};

/** One row of a settlement file; `money` where it names an amount. A currency alone says nothing. */
export const settlementRow = z
  .object({
    sourceRowKey: key,
    dataDate,
    isoId: key,
    itemRef: key,
    fee: key,
    state: oneOf(['CONFIRMED', 'REVERSED']),
    amount: optional(key),
    currency: optional(key),
  })
  .transform(({ amount, currency, ...row }, context) => {
    if (amount === undefined) return { ...row, money: undefined };
    const money = readMoney(amount, currency ?? '');
    if (!('wrong' in money)) return { ...row, money };
    const message = currency === undefined ? 'is empty beside an amount' : money.why;
    context.addIssue({ code: 'custom', path: [money.wrong], message });
    return z.NEVER;
  });

export type SettlementRow = z.infer<typeof settlementRow>;
