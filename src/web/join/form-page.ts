import { type ProblemModel, problemText } from '../../../cards/problems.ts';
import type { T } from '../../../cards/text.ts';
import { fieldLabel, fieldPlaceholder } from '../../../cards/vocabulary.ts';
import { type Html, html } from '../pages/html.ts';
import type { Page } from '../pages/page.ts';

/** The three questions of the guide, in its words and order. */
export const QUESTIONS = ['isoEmail', 'name', 'phone'] as const;
export type Question = (typeof QUESTIONS)[number];

export type PageProblem = ProblemModel & { readonly field: Question };

export interface JoinPageModel {
  /** The ISO that the address names: its name, and its e-mail made unreadable. */
  readonly iso?: { readonly name: string; readonly email: string } | undefined;
  readonly values: Readonly<Partial<Record<Question, string>>>;
  readonly problems?: readonly PageProblem[] | undefined;
  /** The page lay open too long, or came from somewhere else. */
  readonly stale?: boolean | undefined;
  /** Hidden in the form; see `tickets.ts`. */
  readonly ticket: string;
}

const INPUTS: Readonly<Record<Question, Html>> = {
  isoEmail: html`type="email" inputmode="email" autocomplete="off" autocapitalize="none" maxlength="254"`,
  name: html`type="text" autocomplete="name" maxlength="60"`,
  phone: html`type="tel" inputmode="tel" autocomplete="tel" maxlength="40"`,
};

/** *Join your ISO*, for people outside the organisation. A form with mistakes comes back with everything typed. */
export function joinPage(model: JoinPageModel, t: T): Page {
  const { problems = [], stale = false, iso, ticket } = model;
  return {
    title: t('join.title'),
    content: html`
${iso !== undefined && html`<p>${t('page.forIso', { iso: iso.name })}</p>`}
${
  problems.length + Number(stale) === 0 &&
  html`<p>${t('join.once')}</p>
<p class="hint">${t('join.kept')}<br>${t('join.seenBy')}</p>`
}
${stale && html`<div class="problems" role="alert"><p>${t('page.stale')}</p></div>`}
${problems.length > 0 && summary(problems, t)}
<form method="post">
<input type="hidden" name="ticket" value="${ticket}">
${QUESTIONS.map((question) => field(question, model, t))}
<button type="submit">${t('button.send')}</button>
</form>
${iso !== undefined && html`<p><a class="link" href="/join/general?lang=${t.language}">${t('page.otherIso')}</a></p>`}`,
  };
}

function summary(problems: readonly PageProblem[], t: T): Html {
  const items = problems.map(
    (problem) =>
      html`<li><a href="#${problem.field}">${t('said.of', { name: labelOf(problem.field, t), said: problemText(t, problem) })}</a></li>`,
  );
  return html`<div class="problems" role="alert"><ul>${items}</ul></div>`;
}

function field(question: Question, { values, problems = [], iso }: JoinPageModel, t: T): Html {
  const problem = problems.find((one) => one.field === question);
  const known = question === 'isoEmail' ? iso?.email : undefined;
  const value = known ?? values[question] ?? '';
  const hint = known === undefined ? fieldPlaceholder(t, 'join', { name: question }) : undefined;
  const described = [hint !== undefined && `${question}-hint`, problem !== undefined && `${question}-problem`];
  const by = described.filter((id) => id !== false).join(' ');
  return html`<label for="${question}">${labelOf(question, t)}</label>
${hint !== undefined && html`<p class="hint" id="${question}-hint">${hint}</p>`}
<input id="${question}" name="${question}" value="${value}" required ${known === undefined ? INPUTS[question] : html`type="text" readonly`}${
    by !== '' && html` aria-describedby="${by}"`
  }${problem !== undefined && html` aria-invalid="true"`}>
${problem !== undefined && html`<p class="problem" id="${question}-problem">${problemText(t, problem)}</p>`}
`;
}

function labelOf(question: Question, t: T): string {
  return fieldLabel(t, 'join', { name: question });
}
