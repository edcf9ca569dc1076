import type { MemberChange } from '../../src/domain/member-change.ts';
import { danger, plain, primary } from '../buttons.ts';
import { markdownText } from '../markdown.ts';
import { shorten } from '../shorten.ts';
import type { T } from '../text.ts';
import type { TextKey } from '../text-key.ts';
import type { CardFormField, CardView } from '../view.ts';
import { CHANGE_BUTTONS, type MemberModel, openLine } from './member.ts';

export interface MemberChangeModel extends Pick<MemberModel, 'userId' | 'name' | 'open'> {
  readonly change: MemberChange;
  /** The test account that comes back by it, as cards name it. */
  readonly account?: string | undefined;
  /** Of who is removed and has something open. */
  readonly heirs?: Heirs | undefined;
}

/** Who may get what is open, and the supervisor among them who would get it unasked. */
export interface Heirs {
  readonly people: readonly { readonly userId: string; readonly name: string }[];
  readonly supervisorId?: string | undefined;
}

/** In the form: what is open stays in nobody's hands; no userId has a space. */
export const NO_HEIR = 'no heir';

const ASKED: Readonly<Record<MemberChange, { readonly title: TextKey; readonly text: TextKey }>> = {
  pause: { title: 'change.pause.title', text: 'change.pause' },
  resume: { title: 'change.resume.title', text: 'change.resume' },
  makeAdmin: { title: 'change.makeAdmin.title', text: 'change.makeAdmin' },
  makeSupervisor: { title: 'change.makeSupervisor.title', text: 'change.makeSupervisor' },
  makeStaff: { title: 'change.makeStaff.title', text: 'change.makeStaff' },
  remove: { title: 'change.remove.title', text: 'change.remove' },
};

/** *Pause Nok?*: what it means, and what of theirs is open; the way back is the blue one where something is taken away and a tap does it. */
export function memberChange(model: MemberChangeModel, t: T): CardView {
  const { userId: person, name, change, open, account, heirs } = model;
  const { title, text } = ASKED[change];
  const gives = change !== 'pause' && change !== 'remove' && change !== 'makeStaff';
  const back = [t('button.keepAsIs'), 'team.member', { person }] as const;
  const does = [t(CHANGE_BUTTONS[change]), 'team.change'] as const;
  const card = {
    title: t(title, { name: shorten(name, 12) }),
    body: [
      ...t(text).split('\n'),
      ...(change === 'remove' ? [openLine(open, t)] : []),
      ...(change === 'pause' && open.soon > 0 ? [t('member.soon', { count: open.soon })] : []),
      ...(account === undefined ? [] : [markdownText(t, 'change.account', { account: shorten(account, 20) })]),
    ],
  };
  if (heirs === undefined)
    return { ...card, actions: gives ? [primary(...does), plain(...back)] : [primary(...back), danger(...does)] };
  return {
    ...card,
    form: {
      action: 'team.change',
      step: 'memberChange',
      submitLabel: t(CHANGE_BUTTONS[change]),
      fields: [heir(heirs, t)],
    },
    actions: [plain(...back)],
  };
}

function heir({ people, supervisorId = NO_HEIR }: Heirs, t: T): CardFormField {
  const label = t('field.memberChange.heir.label');
  const options = people.map(({ userId, name }) => ({ value: userId, text: shorten(name, 40) }));
  return {
    name: 'heir',
    label,
    type: 'SELECT',
    required: true,
    requiredMessage: t('form.required', { label }),
    value: supervisorId,
    options: [{ value: NO_HEIR, text: t('teamTasks.nobody') }, ...options],
  };
}
