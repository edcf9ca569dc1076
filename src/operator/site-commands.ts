import { z } from 'zod';
import { type CommandGroup, command, OP } from './command.ts';
import { ISO_EMAIL } from './iso-inputs.ts';
import { listSites, type SitesLine, setSites } from './sites.ts';

const MOST_SITES = 1_000_000;

const SITES = {
  called: 'sites',
  what: 'how many sites were agreed for a period',
  schema: z
    .string()
    .refine((typed) => /^\d+$/.test(typed) && Number(typed) >= 1 && Number(typed) <= MOST_SITES, {
      error: ({ input }) => `is no whole number from 1 to ${MOST_SITES}: "${input}".`,
    })
    .transform(Number),
};

const NO_QUOTA = 'The programme keeps no quota of sites: no clause of its policy has one.';

const list = command({
  name: 'list',
  what: 'lists how many sites each ISO agreed on for a period, and how many it has begun',
  takes: {},
  options: {},
  run: (_, { onStore, now }) => onStore(() => listSites(now())),
  say: ({ per, isos }) => [per === undefined ? NO_QUOTA : `Sites a ${per}`, ...isos.map(lineOf)].join('\n'),
});

const set = command({
  name: 'set',
  what: 'sets how many sites an ISO agreed on for a period; what is beyond is flagged, never stopped',
  takes: { email: ISO_EMAIL, sites: SITES },
  options: {},
  run: (asked, operator) => operator.onStore(() => setSites(asked, operator)),
  say: ({ iso, sites, per }) =>
    per === undefined
      ? `${sites} sites are noted for ${iso.name}, and count once a clause has a quota. ${NO_QUOTA}`
      : `${iso.name} may begin ${sites} sites a ${per}. See: ${OP} iso sites list`,
});

const none = command({
  name: 'none',
  what: 'keeps no quota of sites for an ISO any more',
  takes: { email: ISO_EMAIL },
  options: {},
  run: (asked, operator) => operator.onStore(() => setSites(asked, operator)),
  say: ({ iso }) => `No quota of sites is kept for ${iso.name}.`,
});

export const sites: CommandGroup = {
  name: 'sites',
  what: 'how many sites an ISO agreed on',
  commands: [list, set, none],
};

function lineOf({ email, name, agreed, used }: SitesLine): string {
  return `${email}  ${name}  ${agreed === undefined ? 'no number agreed' : `${used} of ${agreed}`}`;
}
