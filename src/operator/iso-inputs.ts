import { isTimeZone } from '@field/kit/calendar';
import { z } from 'zod';
import { parseEmail } from '../domain/email.ts';
import { DEFAULT_LANGUAGE, isLanguage, LANGUAGES } from '../domain/languages.ts';
import { isCountry } from '../domain/phone.ts';
import { readAccountName } from '../domain/test-account.ts';

const LONGEST_NAME = 60;
const USER_ID = /^[\w@.$+/=-]{1,64}$/;

const name = z.string().trim().min(1, 'is empty.').max(LONGEST_NAME, `is too long: up to ${LONGEST_NAME} characters.`);

/** The ISO that a command is about, by its e-mail. */
export const ISO_EMAIL = {
  called: 'e-mail',
  what: 'the e-mail with which the ISO logs in to Alipay Global Merchant Portal',
  schema: z.string().transform((typed, context) => {
    const email = parseEmail(typed);
    if (email !== undefined) return email;
    context.addIssue({ code: 'custom', message: `is no e-mail address: "${typed}".` });
    return z.NEVER;
  }),
};

/** The ISO that somebody is moved to. */
export const OTHER_ISO_EMAIL = { ...ISO_EMAIL, what: 'the e-mail of the ISO that they are to work for' };

export const ISO_NAME = { called: 'name', what: 'how the ISO is called', schema: name };

export const COUNTRY = {
  called: 'country',
  what: "where its shops are, in two letters; the programme's defaultMarket if left out",
  schema: z
    .string()
    .toUpperCase()
    .refine(isCountry, { error: ({ input }) => `is no country: "${input}". Write two letters, such as TH.` })
    .optional(),
};

export const TIME_ZONE = {
  called: 'time zone',
  what: 'where its days begin at midnight; what the programme says of that country if left out',
  schema: z
    .string()
    .refine(isTimeZone, { error: ({ input }) => `is no time zone: "${input}". Write one such as Asia/Bangkok.` })
    .optional(),
};

export const LANGUAGE = {
  called: 'language',
  what: `its language, one of ${LANGUAGES.join(', ')}`,
  schema: z
    .string()
    .refine(isLanguage, { error: ({ input }) => `is none of ${LANGUAGES.join(', ')}: "${input}".` })
    .default(DEFAULT_LANGUAGE),
};

export const USER_ID_OF_PERSON = {
  called: 'userId',
  what: "the person's userId, from their details in DingTalk's admin console",
  schema: z.string().regex(USER_ID, { error: ({ input }) => `is no DingTalk userId: "${input}".` }),
};

export const PERSON_NAME = {
  called: 'name',
  what: 'how the person is called; needed for somebody who never wrote to the bot',
  schema: name.optional(),
};

/** What a test account is called; never with its password. */
export const ACCOUNT_NAME = {
  called: 'account',
  what: 'what the account is called, or logged in with, such as TH-04; never its password',
  schema: z.string().transform((typed, context) => {
    const account = readAccountName(typed);
    if (account !== undefined) return account;
    // what was typed may be a password: it is not said again
    context.addIssue({
      code: 'custom',
      message: 'is no name of an account: write one word, such as TH-04, and no password.',
    });
    return z.NEVER;
  }),
};
