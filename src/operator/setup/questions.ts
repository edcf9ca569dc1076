import { parseEmail } from '../../domain/email.ts';
import { isLanguage, LANGUAGES } from '../../domain/languages.ts';

/** What is asked of whoever sets the bot up, in this order; each can also be typed as an option. */
export interface SetupQuestion {
  readonly asks: string;
  /** Where it is found, or what it is like. */
  readonly hint: string;
  /** The setting that it becomes. */
  readonly variable?: string | undefined;
  /** Not shown while it is typed. */
  readonly secret?: true | undefined;
  /** What counts where nothing is typed; empty: it may be left out. */
  readonly unless?: string | undefined;
  /** What is wrong with an answer, a sentence. */
  readonly wrong: (answer: string) => string | undefined;
}

const needed = (answer: string): string | undefined => (answer === '' ? 'This is needed.' : undefined);

export const SETUP_QUESTIONS = {
  clientId: {
    asks: 'Client ID of the DingTalk app',
    hint: 'developer console, your app, Credentials (AppKey)',
    variable: 'DINGTALK_CLIENT_ID',
    wrong: needed,
  },
  clientSecret: {
    asks: 'Client Secret of the same app',
    hint: 'beside the Client ID (AppSecret)',
    variable: 'DINGTALK_CLIENT_SECRET',
    secret: true,
    wrong: needed,
  },
  template: {
    asks: 'Id of the card template',
    hint: 'import cards/template.json in the card builder and publish it: ….schema',
    variable: 'DINGTALK_CARD_TEMPLATE_ID',
    wrong: needed,
  },
  database: {
    asks: 'Address of the MongoDB',
    hint: 'mongodb://…; empty: the store that comes with the bot, for one small office',
    variable: 'MONGODB_URI',
    unless: '',
    wrong: (answer) =>
      unlessMatches(
        answer,
        /^$|^mongodb(\+srv)?:\/\/./,
        'It begins with mongodb:// or mongodb+srv://, or is left empty.',
      ),
  },
  publicUrl: {
    asks: 'Where phones reach the bot’s web',
    hint: 'https://…, by a reverse proxy; empty: no QR code for now',
    variable: 'PUBLIC_URL',
    unless: '',
    wrong: (answer) =>
      unlessMatches(answer, /^$|^https?:\/\/./, 'It is a web address like https://field.example.com, or left empty.'),
  },
  isoEmail: {
    asks: 'E-mail of the first ISO',
    hint: 'with which it registered with Alipay+',
    wrong: (answer) => (parseEmail(answer) === undefined ? 'That is no e-mail.' : undefined),
  },
  isoName: { asks: 'Name of that ISO', hint: 'as its people read it', wrong: needed },
  language: {
    asks: 'Language of that ISO',
    hint: LANGUAGES.join(', '),
    unless: 'en',
    wrong: (answer) => (isLanguage(answer) ? undefined : `It is one of ${LANGUAGES.join(', ')}.`),
  },
  adminId: {
    asks: 'userId of its first admin',
    hint: 'in the admin console of DingTalk, at the member',
    wrong: needed,
  },
  adminName: {
    asks: 'Name of that admin',
    hint: 'empty: as it stands in DingTalk',
    unless: '',
    wrong: () => undefined,
  },
} as const satisfies Readonly<Record<string, SetupQuestion>>;

export type SetupName = keyof typeof SETUP_QUESTIONS;
export type SetupAnswers = Readonly<Record<SetupName, string>>;

export const SETUP_NAMES = Object.keys(SETUP_QUESTIONS) as readonly SetupName[];

function unlessMatches(answer: string, pattern: RegExp, sentence: string): string | undefined {
  return pattern.test(answer) ? undefined : sentence;
}
