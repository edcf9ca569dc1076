import { type Check, type Finding, repeated } from './check.ts';

/** What a form and a menu have room for on DingTalk (dingtalk 4). */
const QUESTIONS = 7;
const OPTIONS = 60;
const PRODUCTS = 4;

/** What a file may say and this release does not follow: rather refused than taken in and without effect. */
export const followed: Check = (programme) => [
  ...formsOf(programme),
  ...menuOf(programme),
  ...policyOf(programme),
  ...ordersOf(programme),
  ...codesOf(programme),
  ...moneyOf(programme),
];

const formsOf: Check = ({ products, markets }) =>
  products.flatMap(({ id, steps }, product) => {
    const findings: Finding[] = [];
    if (!steps.some(({ repeats }) => repeats !== undefined))
      findings.push({
        path: ['products', product, 'steps'],
        say: `has no step with repeats: spot: this release cannot promote ${id} without spots`,
      });
    steps.forEach(({ fields }, step) => {
      const path = ['products', product, 'steps', step, 'fields'];
      for (const part of ['main', 'more'] as const) {
        const asked = fields.filter((field) => field.part === part).length;
        if (asked > QUESTIONS)
          findings.push({
            path,
            say: `asks ${asked} questions in part ${part}, where ${QUESTIONS} have room: ask fewer`,
          });
      }
      fields.forEach(({ options, optionsFrom }, field) => {
        const count = optionsFrom === undefined ? (options?.length ?? 0) : Object.keys(markets).length;
        if (count > OPTIONS)
          findings.push({
            path: [...path, field],
            say: `offers ${count} choices, where ${OPTIONS} have room: offer fewer`,
          });
      });
    });
    return findings;
  });

const menuOf: Check = ({ products }) => {
  const on = products.flatMap((product, index) => (product.on ? [index] : []));
  return on.slice(PRODUCTS).map((index) => ({
    path: ['products', index, 'on'],
    say: `is one product more than the menu has room for, which is ${PRODUCTS}: switch one off`,
  }));
};

const policyOf: Check = ({ policy }) => {
  const quotas = policy.clauses.flatMap(({ quota }, index) => (quota === undefined ? [] : [index]));
  return quotas.slice(1).map((index) => ({
    path: ['policy', 'clauses', index, 'quota'],
    say: 'is the second quota, where an ISO has one number of sites: remove it',
  }));
};

/** An order that verifies where its name does not say so would do otherwise than was agreed. */
const ordersOf: Check = ({ orders, products }) => {
  const repeating = new Set<string>(
    products.flatMap(({ steps }) => steps.flatMap(({ id, repeats }) => (repeats === undefined ? [] : [id]))),
  );
  const wrong = (name: 'verify-then-deploy' | 'deploy-then-verify', say: string): Finding[] => {
    const order: readonly string[] = orders[name];
    const verifies = order.indexOf('verification');
    const spots = order.flatMap((step, index) => (repeating.has(step) ? [index] : []));
    const isFirst = name === 'verify-then-deploy';
    const isRight = spots.every((at) => (isFirst ? verifies < at : verifies > at));
    return isRight ? [] : [{ path: ['orders', name], say }];
  };
  return [
    ...wrong('verify-then-deploy', 'verifies after the spots: write verification before every step with repeats: spot'),
    ...wrong('deploy-then-verify', 'verifies before the spots: write verification after every step with repeats: spot'),
  ];
};

const CURRENCIES = new Set(Intl.supportedValuesOf('currency'));

/** A fee in the money of the market is shown in that money: each market has one. */
const moneyOf: Check = ({ fees, markets }) => {
  const findings: Finding[] = [];
  const isMoney = (currency: string | undefined): boolean => currency === undefined || CURRENCIES.has(currency);
  const say = (currency: string | undefined): string =>
    `is ${currency}, which is no currency: write one by ISO 4217, such as THB`;
  fees.forEach(({ currency }, fee) => {
    if (currency !== 'market' && !isMoney(currency))
      findings.push({ path: ['fees', fee, 'currency'], say: say(currency) });
  });
  for (const { name, index } of repeated(fees.map(({ eligible }) => eligible)))
    findings.push({
      path: ['fees', index, 'eligible'],
      say: `is ${name} for the second time, where settlement files name no fee: give one fee for it`,
    });
  const inMarket = fees.find(({ currency }) => currency === 'market');
  for (const [market, { currency }] of Object.entries(markets)) {
    if (!isMoney(currency)) findings.push({ path: ['markets', market, 'currency'], say: say(currency) });
    if (currency === undefined && inMarket !== undefined)
      findings.push({
        path: ['markets', market],
        say: `has no currency, in which the fee ${inMarket.id} is paid: add it, or write the fee's own`,
      });
  }
  return findings;
};

/** A code is proved by the photo that shows it. An earlier release applied programmes without one: what is stored goes on being read. */
const codesOf: Check = ({ products }) =>
  products.flatMap(({ steps }, product) =>
    steps.flatMap(({ code, slots }, step): readonly Finding[] => {
      if (code === undefined || slots.some(({ showsCode, required }) => showsCode && required)) return [];
      const say = 'is in no photo that must be there: give the one that shows it showsCode: true';
      return [{ path: ['products', product, 'steps', step, 'code'], say }];
    }),
  );
