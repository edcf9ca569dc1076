import { command } from '../command.ts';
import type { Finding, FindingState } from '../doctor/finding.ts';

const SIGNS: Readonly<Record<FindingState, string>> = { ok: '✓', warning: '!', wrong: '✗', unknown: '?' };

interface Examined {
  readonly ok: boolean;
  readonly findings: readonly Finding[];
}

export const doctor = command({
  name: 'doctor',
  what: 'looks at all that the bot needs, from the disk to the permissions, and says what to do about what is wrong',
  takes: {},
  options: {},
  async run(_, { examine }): Promise<Examined> {
    const findings = await examine();
    return { ok: findings.every(({ state }) => state !== 'wrong'), findings };
  },
  failed: ({ ok }) => !ok,
  say({ findings }) {
    const wrong = findings.filter(({ state }) => state === 'wrong').length;
    const last =
      wrong === 0 ? 'Nothing is wrong.' : `${wrong} wrong. Mend them in this order: what is above may be why.`;
    return [...findings.map(line), '', last].join('\n');
  },
});

function line({ state, about, says, remedy }: Finding): string {
  const first = `${SIGNS[state]} ${about}: ${says}`;
  return remedy === undefined ? first : `${first}\n    ${remedy}`;
}
