import { isTimeZone } from '@field/kit/calendar';
import { AppError } from '@field/kit/errors';
import type { IdSource } from '@field/kit/ids';
import { associationsOfIso, countWaiting, liveAssociationsOf, moveAssociation } from '../../models/associations.ts';
import { addAudit } from '../../models/audit.ts';
import { touchCardsOf } from '../../models/cards.ts';
import { addIso, allIsos, findIsoByEmail, type Iso } from '../../models/isos.ts';
import { adminsOf, changePerson, findPerson, meetPerson, peopleOf } from '../../models/people.ts';
import { readWebAddress } from '../../models/settings.ts';
import { inTransaction, type Transaction } from '../../models/transaction.ts';
import { parseEmail } from '../domain/email.ts';
import { isLanguage, LANGUAGES } from '../domain/languages.ts';
import { isCountry } from '../domain/phone.ts';

const LONGEST_NAME = 60;
const USER_ID = /^[\w@.$+/=-]{1,64}$/;

/** What the operator of a bot tells and asks about ISOs. Every problem is an `AppError` whose `say` is a sentence for them. */
export interface IsoCommands {
  /** Adds an ISO; answers the line that says so. */
  create(asked: Omit<Iso, 'isoId' | 'joinToken'>): Promise<string>;
  list(): Promise<string>;
  /** Admins by name, everybody else by number; never a phone. */
  show(email: string): Promise<string>;
  /** `name` is needed for somebody who never wrote to the bot. */
  addAdmin(email: string, userId: string, name: string | undefined): Promise<string>;
  removeAdmin(email: string, userId: string): Promise<string>;
}

export function isoCommands(ids: IdSource, now: () => number): IsoCommands {
  const audit = (what: string, isoId: string, subject: { kind: string; id: string }, tx: Transaction): Promise<void> =>
    addAudit([{ at: now(), by: 'operator', isoId, what, subject, cause: ids.next() }], tx);

  return {
    async create(asked) {
      const iso = { isoId: ids.next(), joinToken: ids.token(), ...checked(asked) };
      await inTransaction(async (tx) => {
        if (await findIsoByEmail(iso.email, tx)) throw sayable(`There is an ISO with the e-mail ${iso.email} already.`);
        await addIso(iso, tx);
        await audit('iso.create', iso.isoId, { kind: 'iso', id: iso.isoId }, tx);
      });
      return `${iso.name} (${iso.email}) is there. Give it an admin: npm run iso -- admin add ${iso.email} <userId> --name <name>`;
    },

    async list() {
      const lines = await eachInTurn(await allIsos(), async (iso) => {
        const people = await peopleOf(iso.isoId);
        const admins = people.filter(({ role }) => role === 'ADMIN').length;
        return `${iso.email}  ${iso.name}  ${iso.country}  ${admins} admins, ${people.length - admins} staff`;
      });
      return lines.length === 0 ? 'There is no ISO yet. Add one: npm run iso -- create --help' : lines.join('\n');
    },

    async show(email) {
      const iso = await isoWith(email);
      const people = await peopleOf(iso.isoId);
      const invited = await associationsOfIso(iso.isoId, ['APPROVED', 'INVITED']);
      const address = await readWebAddress();
      const admins = people.filter(({ role }) => role === 'ADMIN');
      const paused = people.filter(({ state }) => state === 'SUSPENDED').length;
      return [
        `${iso.name}`,
        `  e-mail     ${iso.email}`,
        `  place      ${iso.country}, ${iso.timeZone}, ${iso.language}`,
        ...(admins.length === 0 ? ['  admins     none: nobody can approve requests'] : []),
        ...admins.map(
          ({ userId, name, state }) => `  admin      ${userId}  ${name}${state === 'ACTIVE' ? '' : '  (has left)'}`,
        ),
        `  staff      ${people.length - admins.length}, of all people ${paused} paused`,
        `  waiting    ${await countWaiting(iso.isoId)} requests, ${invited.length} invitations`,
        `  QR code    ${address === undefined ? 'needs PUBLIC_URL' : `${address}/join/${iso.joinToken}`}`,
        ...(address === undefined ? [] : [`  poster     ${address}/poster/${iso.joinToken}`]),
      ].join('\n');
    },

    async addAdmin(email, userId, name) {
      if (!USER_ID.test(userId)) throw sayable(`${userId} is not a DingTalk userId.`);
      const iso = await isoWith(email);
      return await inTransaction(async (tx) => {
        const known = await findPerson(userId, tx);
        if (known?.isoId !== undefined && known.isoId !== iso.isoId) throw sayable(`${userId} works for another ISO.`);
        const called = name?.trim() || known?.name;
        if (!called) throw sayable(`Nobody knows ${userId} yet: add --name.`);
        if (called.length > LONGEST_NAME) throw sayable(`--name: keep it to ${LONGEST_NAME} characters.`);
        for (const asked of await liveAssociationsOf(userId, tx)) {
          if (asked.state === 'PENDING') await moveAssociation(asked, { state: 'WITHDRAWN' }, tx);
          if (asked.state === 'SUSPENDED') await moveAssociation(asked, { state: 'ACTIVE' }, tx);
        }
        await meetPerson(userId, called, tx);
        const { isoId, language } = iso;
        await changePerson(
          userId,
          {
            state: 'ACTIVE',
            role: 'ADMIN',
            isoId,
            name: called,
            ...(known?.language === undefined && { language }),
          },
          tx,
        );
        await touchCardsOf(userId, tx);
        await audit('iso.addAdmin', isoId, { kind: 'person', id: userId }, tx);
        return `${called} (${userId}) is admin of ${iso.name}. In the chat: menu, then Team.`;
      });
    },

    async removeAdmin(email, userId) {
      const iso = await isoWith(email);
      return await inTransaction(async (tx) => {
        const known = await findPerson(userId, tx);
        if (known?.isoId !== iso.isoId || known.role !== 'ADMIN')
          throw sayable(`${userId} is no admin of ${iso.name}.`);
        await changePerson(userId, { role: 'STAFF' }, tx);
        await touchCardsOf(userId, tx);
        await audit('iso.removeAdmin', iso.isoId, { kind: 'person', id: userId }, tx);
        const left = (await adminsOf(iso.isoId, tx)).length;
        const done = `${known.name} (${userId}) is staff of ${iso.name}, no admin any more.`;
        return left > 0 ? done : `${done} Nobody can approve requests now: add another admin.`;
      });
    },
  };
}

async function isoWith(email: string): Promise<Iso> {
  const iso = await findIsoByEmail(email);
  if (iso === undefined) throw sayable(`There is no ISO with the e-mail ${email}. See: npm run iso -- list`);
  return iso;
}

function checked<Asked extends Omit<Iso, 'isoId' | 'joinToken'>>(asked: Asked): Asked {
  const email = parseEmail(asked.email);
  const country = asked.country.toUpperCase();
  const name = asked.name.trim();
  const problems = [
    ...(email === undefined ? ['--email: write the e-mail of its Global Merchant Portal account.'] : []),
    ...(name === '' || name.length > LONGEST_NAME ? [`--name: write its name, up to ${LONGEST_NAME} characters.`] : []),
    ...(isCountry(country) ? [] : [`--country: ${asked.country} is none; write two letters, such as TH.`]),
    ...(isTimeZone(asked.timeZone) ? [] : [`--time-zone: ${asked.timeZone} is none; write one such as Asia/Bangkok.`]),
    ...(isLanguage(asked.language) ? [] : [`--language: ${asked.language} is none of ${LANGUAGES.join(', ')}.`]),
  ];
  if (email === undefined || problems.length > 0) throw sayable(problems.join('\n'));
  return { ...asked, email, name, country };
}

function sayable(say: string): AppError {
  return new AppError('config.invalid', { say });
}

async function eachInTurn<One, Result>(all: readonly One[], work: (one: One) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  for (const one of all) results.push(await work(one));
  return results;
}
