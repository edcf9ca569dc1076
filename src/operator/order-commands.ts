import { z } from 'zod';
import { ORDERS_OF_WORK, type OrderOfWork } from '../domain/order-of-work.ts';
import { type CommandGroup, command, OP } from './command.ts';
import { ISO_EMAIL } from './iso-inputs.ts';
import { listOrders, type OrderLine, setOrder } from './orders.ts';

const LONGEST = 80;

const ORDER = {
  called: 'order',
  what: `in which order its people work, one of ${ORDERS_OF_WORK.join(', ')}`,
  schema: z.string().transform((typed, context): OrderOfWork => {
    const order = ORDERS_OF_WORK.find((one) => one === typed);
    if (order !== undefined) return order;
    context.addIssue({ code: 'custom', message: `is none of ${ORDERS_OF_WORK.join(', ')}: "${typed}".` });
    return z.NEVER;
  }),
};

const AGREED_BY = {
  called: 'who',
  what: 'who agreed it with the ISO, such as the regional coordinator',
  schema: z.string().trim().min(1, 'is empty.').max(LONGEST, `is too long: up to ${LONGEST} characters.`),
};

const ON = {
  called: 'day',
  what: 'on which day that was agreed, as 2026-11-24',
  schema: z.iso.date({ error: ({ input }) => `is no day: "${input}". Write it as 2026-11-24.` }),
};

const list = command({
  name: 'list',
  what: 'lists in which order each ISO works, who agreed it with it, and when',
  takes: {},
  options: {},
  run: (_, { onStore }) => onStore(async () => ({ orders: await listOrders() })),
  say: ({ orders }) =>
    orders.length === 0 ? `There is no ISO yet. Add one: ${OP} iso create --help` : orders.map(lineOf).join('\n'),
});

const set = command({
  name: 'set',
  what: 'sets in which order an ISO works, as it was agreed; what is open goes on in it, and nothing of it is lost',
  takes: { email: ISO_EMAIL, order: ORDER },
  options: { agreedBy: AGREED_BY, on: ON },
  run: (asked, operator) => operator.onStore(() => setOrder(asked, operator)),
  say: ({ iso, order, drafts }) => `${iso.name} works by ${order} from now on; ${drafts} open promotions go on in it.`,
});

export const order: CommandGroup = {
  name: 'order',
  what: 'in which order an ISO works: when payments are verified',
  commands: [list, set],
};

function lineOf({ email, name, order, agreed }: OrderLine): string {
  return [
    `${email}  ${name}  ${order}`,
    ...agreed.toReversed().map((one) => `  ${one.order}, agreed with ${one.agreedBy} on ${one.agreedOn}`),
  ].join('\n');
}
