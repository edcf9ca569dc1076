import { isTimeZone } from '@field/kit/calendar';
import { z } from 'zod';
import { isCountry } from '../domain/phone.ts';
import { choiceOf, NAME, RESULT, STEP_ID } from './ids.ts';

const DATE = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;
const CURRENCY = /^[A-Z]{3}$/;

export const MARKET = z
  .string()
  .regex(/^[A-Z]{2}$/, {
    error: 'is no country or region: write its two letters by ISO 3166-1, such as TH',
    abort: true,
  })
  .refine(
    (code) => isCountry(code),
    'is no country or region that has phone numbers: write its two letters by ISO 3166-1',
  );

export const markets = z
  .record(
    MARKET,
    z.strictObject({
      currency: z
        .string()
        .regex(CURRENCY, 'is no currency: write its three letters by ISO 4217, such as THB')
        .optional()
        .describe('What people pay with there; left out where it is not known.'),
      timeZone: z
        .string()
        .refine(isTimeZone, 'is no time zone: write one such as Asia/Bangkok')
        .optional()
        .describe("The shops' time; left out where there are several: then it is the ISO's."),
      workingDays: z
        .array(z.int().min(1).max(7))
        .min(1)
        .max(7)
        .optional()
        .describe('1 is Monday, 7 Sunday; for deadlines that count working days, and for reminders.'),
      holidays: z
        .array(z.string().regex(DATE, 'is no day: write it as 2026-12-05'))
        .default([])
        .describe('Days without work, as 2026-12-05.'),
    }),
  )
  .describe('Where shops can be, in the order of the list; phone numbers are read as those of the country.');

/** Steps that every product has without saying so. */
export const STEPS_OF_OURS = ['verification', 'summary'] as const;

const order = z.array(STEP_ID).min(2);

export const orders = z
  .strictObject({
    plain: order.describe('Without a verification.'),
    'verify-then-deploy': order.describe('Payments are verified before anything is deployed.'),
    'deploy-then-verify': order.describe('Payments are verified once all is deployed.'),
    verificationCountsDays: z.int().min(0).max(365).describe('A verification so new is not done again.'),
  })
  .describe('In which order steps are done; an ISO works by plain unless the operator says otherwise.');

const [OTHER_RULE, ALIPAY_RULE] = ['other', 'onlyAlipay'] as const;

const link = z.url({ protocol: /^https$/, error: 'must be a web address that begins with https://' });

export const payments = z
  .strictObject({
    tools: z
      .array(
        z.strictObject({
          id: NAME,
          when: z
            .enum([ALIPAY_RULE, OTHER_RULE])
            .describe('onlyAlipay: in a shop that takes only Alipay; other: in any other.'),
          links: z
            .strictObject({ ios: link.optional(), android: link.optional(), other: link.optional() })
            .describe('Where the app is to be had, by the system of the phone.'),
          account: z.boolean().describe("Whether a test account of the ISO's is needed."),
        }),
      )
      .min(1)
      .describe('What is paid with, in the order of the list.'),
    modes: z
      .array(z.enum(['MPM', 'UPM']))
      .min(1)
      .max(2)
      .describe('MPM: the shop shows its code. UPM: the payer does.'),
    results: z.array(RESULT).min(2).describe('What may come of a payment, in this order.'),
  })
  .describe('How payments are verified.');

export const inspection = z
  .strictObject({
    differs: z
      .array(choiceOf(['name', 'address', 'closedToday', 'notAccepting']))
      .min(1)
      .describe('What of a shop may not be as submitted.'),
    problems: z
      .array(choiceOf(['missing', 'hidden', 'damaged', 'otherCode']))
      .min(1)
      .describe('What may be wrong at a spot.'),
    cannot: z.array(NAME).min(1).describe('Why nothing can be inspected.'),
  })
  .describe('What an inspector may find.');

export const fees = z
  .array(
    z.strictObject({
      id: NAME,
      eligible: z
        .enum(['approved', 'newUser', 'inspected'])
        .describe('approved: store, spot and POSM are; newUser: somebody new scanned; inspected: an inspection was.'),
      currency: z
        .union(
          [z.literal('market'), z.string().regex(CURRENCY)],
          'is no currency: write market, or three letters such as CNY',
        )
        .describe("market: the money of the shop's country; else three letters by ISO 4217."),
    }),
  )
  .describe('What is paid for.');
