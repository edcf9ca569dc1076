import { z } from 'zod';
import { command, type Input, OP } from '../command.ts';
import {
  SETUP_NAMES,
  SETUP_QUESTIONS,
  type SetupAnswers,
  type SetupName,
  type SetupQuestion,
} from '../setup/questions.ts';
import { setUp } from '../setup/set-up.ts';

/** Each question may be answered by an option; a secret would be seen by everybody on the machine. */
const TYPED = Object.fromEntries(
  SETUP_NAMES.filter((name) => !isSecret(name)).map((name) => [name, optionFor(SETUP_QUESTIONS[name])]),
) as Readonly<Record<Exclude<SetupName, 'clientSecret'>, Input<string | undefined>>>;

export const setup = command({
  name: 'setup',
  what: 'asks for what a real DingTalk app needs, tries it, writes .env, and makes the first ISO with its admin',
  takes: {},
  options: {
    ...TYPED,
    replace: {
      called: '',
      what: 'writes the settings anew where there are some; the file before is kept beside',
      schema: z.string().optional().transform(Boolean),
    },
  },
  async run({ replace, ...typed }, operator) {
    const given = Object.fromEntries(Object.entries(typed).filter(([, value]) => value !== undefined));
    return await setUp(given as Partial<SetupAnswers>, replace, operator, operator.setUp());
  },
  say: ({ file, aside, iso, admin, hasPublicUrl }) =>
    [
      `${file} is written${aside === undefined ? '' : `; the one before is ${aside}`}. Keep a copy of its DATA_KEY elsewhere: without it nothing can be read again.`,
      `${admin} is admin of ${iso}.`,
      '',
      'What to do next:',
      '  npm start                starts the bot',
      '  npm run doctor           looks whether all is as it should be',
      ...(hasPublicUrl
        ? [`  ${OP} quick-entries set --help    the navigation at the bottom of the chat`]
        : ['  PUBLIC_URL in the file   once phones reach the bot’s web: before there is no QR code']),
      `  Let ${admin} write "hi" to the bot in DingTalk.`,
    ].join('\n'),
});

function isSecret(name: SetupName): boolean {
  const { secret }: SetupQuestion = SETUP_QUESTIONS[name];
  return secret === true;
}

function optionFor({ asks, hint, wrong }: SetupQuestion): Input<string | undefined> {
  return {
    called: 'answer',
    what: `${asks}: ${hint}`,
    schema: z
      .string()
      .optional()
      .superRefine((answer, { addIssue }) => {
        const problem = answer === undefined ? undefined : wrong(answer);
        if (problem !== undefined) addIssue(problem);
      }),
  };
}
