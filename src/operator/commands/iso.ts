import { accounts } from '../account-commands.ts';
import { type CommandGroup, command, OP } from '../command.ts';
import { gallery } from '../gallery-commands.ts';
import { howMany } from '../how-many.ts';
import { COUNTRY, ISO_EMAIL, ISO_NAME, LANGUAGE, PERSON_NAME, TIME_ZONE, USER_ID_OF_PERSON } from '../iso-inputs.ts';
import { addAdmin, createIso, type IsoReport, listIsos, removeAdmin, reportIso } from '../isos.ts';
import { order } from '../order-commands.ts';
import { people } from '../people-commands.ts';
import { share } from '../share-commands.ts';
import { sites } from '../site-commands.ts';
import { stock } from '../stock-commands.ts';
import { todos } from '../todo-commands.ts';

const create = command({
  name: 'create',
  what: 'adds an ISO',
  takes: {},
  options: { email: ISO_EMAIL, name: ISO_NAME, country: COUNTRY, timeZone: TIME_ZONE, language: LANGUAGE },
  run: (asked, operator) => operator.onStore(() => createIso(asked, operator)),
  say: ({ name, email }) =>
    `${name} (${email}) is there. Give it an admin: ${OP} iso admin add ${email} <userId> --name <name>`,
});

const list = command({
  name: 'list',
  what: 'lists the ISOs, with how many admins and staff each has',
  takes: {},
  options: {},
  run: (_, { onStore }) => onStore(async () => ({ isos: await listIsos() })),
  say: ({ isos }) =>
    isos.length === 0
      ? `There is no ISO yet. Add one: ${OP} iso create --help`
      : isos
          .map(
            ({ email, name, country, admins, staff }) =>
              `${email}  ${name}  ${country}  ${howMany(admins, 'admin')}, ${staff} staff`,
          )
          .join('\n'),
});

const show = command({
  name: 'show',
  what: 'shows an ISO: admins by name, everybody else by number, what waits, its QR code',
  takes: { email: ISO_EMAIL },
  options: {},
  run: ({ email }, { onStore }) => onStore(() => reportIso(email)),
  say: linesOf,
});

const add = command({
  name: 'add',
  what: 'makes somebody admin of an ISO',
  takes: { email: ISO_EMAIL, userId: USER_ID_OF_PERSON },
  options: { name: PERSON_NAME },
  run: (asked, operator) => operator.onStore(() => addAdmin(asked, operator)),
  say: ({ iso, admin }) => `${admin.name} (${admin.userId}) is admin of ${iso.name}. In the chat: menu, then Team.`,
});

const remove = command({
  name: 'remove',
  what: 'makes an admin of an ISO staff of it; never the last one',
  takes: { email: ISO_EMAIL, userId: USER_ID_OF_PERSON },
  options: {},
  run: (asked, operator) => operator.onStore(() => removeAdmin(asked, operator)),
  say: ({ iso, staff }) => `${staff.name} (${staff.userId}) is staff of ${iso.name}, no admin any more.`,
});

export const iso: CommandGroup = {
  name: 'iso',
  what: 'ISOs, their admins and their people',
  commands: [
    create,
    list,
    show,
    people,
    accounts,
    { name: 'admin', what: 'admins of an ISO', commands: [add, remove] },
    gallery,
    order,
    share,
    sites,
    stock,
    todos,
  ],
};

function linesOf(report: IsoReport): string {
  const { admins, waiting, qrCode, poster } = report;
  return [
    report.name,
    `  e-mail     ${report.email}`,
    `  place      ${report.country}, ${report.timeZone}, ${report.language}`,
    ...(admins.every(({ left }) => left) ? ['  admins     none: nobody can approve requests'] : []),
    ...admins.map(({ userId, name, left }) => `  admin      ${userId}  ${name}${left ? '  (has left)' : ''}`),
    `  staff      ${report.staff}, of all people ${report.paused} paused`,
    `  waiting    ${waiting.requests} requests, ${waiting.invitations} invitations`,
    `  QR code    ${qrCode ?? 'needs PUBLIC_URL'}`,
    ...(poster === undefined ? [] : [`  poster     ${poster}`]),
  ].join('\n');
}
