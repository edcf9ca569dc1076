import { z } from 'zod';
import { FEE_STEPS } from '../../domain/fee-lines.ts';
import { type CommandGroup, command } from '../command.ts';
import { closeFeesOf, type FeesOfMonth, reportFees } from '../fees.ts';
import { ISO_EMAIL } from '../iso-inputs.ts';

const MONTH = {
  called: 'month',
  what: 'the month, as 2026-05',
  schema: z
    .string()
    .regex(/^\d{4}-(?:0[1-9]|1[0-2])$/, { error: ({ input }) => `is no month: "${input}". Write it as 2026-05.` })
    .transform((typed) => typed.replace('-', '')),
};

const show = command({
  name: 'show',
  what: 'shows what of each fee of an ISO was confirmed, corrected and taken back in a month',
  takes: { email: ISO_EMAIL, month: MONTH },
  options: {},
  run: (asked, { onStore }) => onStore(() => reportFees(asked)),
  say: linesOf,
});

const close = command({
  name: 'close',
  what: 'closes the months of an ISO through one that is over for good: what comes late counts in the month after',
  takes: { email: ISO_EMAIL, month: MONTH },
  options: {},
  run: (asked, operator) => operator.onStore(() => closeFeesOf(asked, operator)),
  say: ({ iso, month, closed }) =>
    closed
      ? `${month} and what is before it are closed for ${iso.name}.`
      : `${month} was closed before. Nothing changed.`,
});

export const fees: CommandGroup = {
  name: 'fees',
  what: 'what settlement files brought an ISO, by month',
  commands: [show, close],
};

function linesOf({ iso, month, closed, fees: all }: FeesOfMonth): string {
  const lines = all.flatMap(({ fee, ...totals }) =>
    FEE_STEPS.filter((step) => totals[step].count > 0).map((step) => {
      const { count, amounts } = totals[step];
      return [`  ${fee}`, step, count, ...amounts.map(({ amount, currency }) => `${amount} ${currency}`)].join('  ');
    }),
  );
  const head = `${iso.name}, ${month}${closed ? ', closed' : ''}`;
  return [head, ...(lines.length === 0 ? ['  nothing was settled'] : lines)].join('\n');
}
