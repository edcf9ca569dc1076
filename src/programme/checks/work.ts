import type { Check, Finding } from './check.ts';

/** Markets, payments, deadlines and reminders say all that is needed to work by them. */
export const work: Check = ({ markets, defaultMarket, deadlines, reminders, payments }) => {
  const findings: Finding[] = [];
  const known = Object.keys(markets);
  if (!known.includes(defaultMarket))
    findings.push({
      path: ['defaultMarket'],
      say: `${defaultMarket} is none of markets: write one of ${known.join(', ')}`,
    });
  if (deadlines.count === 'working') {
    for (const [market, { workingDays }] of Object.entries(markets)) {
      if (workingDays === undefined)
        findings.push({ path: ['markets', market], say: 'has no workingDays, which deadlines count: add them' });
    }
  }
  if (reminders.from >= reminders.to)
    findings.push({ path: ['reminders', 'to'], say: `must be later than from, which is ${reminders.from}` });
  for (const rule of ['onlyAlipay', 'other'] as const) {
    const tools = payments.tools.filter(({ when }) => when === rule);
    if (tools.length !== 1)
      findings.push({
        path: ['payments', 'tools'],
        say: `must have one tool with when: ${rule}; there are ${tools.length}`,
      });
  }
  payments.tools.forEach(({ links: { ios, android, other } }, index) => {
    if (other === undefined && (ios === undefined || android === undefined))
      findings.push({
        path: ['payments', 'tools', index, 'links'],
        say: 'leaves out a phone system: add other, or both',
      });
  });
  const paid = payments.results.filter(({ is }) => is === 'success').length;
  if (paid !== 1)
    findings.push({ path: ['payments', 'results'], say: `must have one result with is: success; there are ${paid}` });
  return findings;
};
