import { DIGEST_HOURS, type DigestTime } from '../src/domain/digest-time.ts';
import type { Action } from './actions.ts';
import { danger, plain, primary } from './buttons.ts';
import { languageButtons } from './language.ts';
import { markdownText } from './markdown.ts';
import { shorten } from './shorten.ts';
import type { T } from './text.ts';
import type { CardAction, CardView } from './view.ts';

export interface GroupBindingModel extends DigestTime {
  /** The ISO's name. */
  readonly iso: string;
  readonly bound: boolean;
  /** An admin said no. */
  readonly declined?: boolean | undefined;
  /** An admin is choosing its language. */
  readonly choosing?: boolean | undefined;
}

/** *Daily digest*: one tap of an admin binds the group; then its language can be chosen, and it can be stopped. */
export function groupBinding(model: GroupBindingModel, t: T): CardView {
  const { iso, bound, declined = false, choosing = false, hour, quiet } = model;
  const note = t('group.adminNote', { iso: shorten(iso, 24) });
  if (!bound && declined) {
    const actions = [plain(t('group.agree'), 'group.bind')];
    return { title: t('group.title'), body: [t('group.declined')], actions, note };
  }
  if (!bound) {
    return {
      title: t('group.title'),
      body: [markdownText(t, 'group.question', { iso }), t('group.when'), t('group.noNames')],
      actions: [primary(t('group.agree'), 'group.bind'), plain(t('group.no'), 'group.decline')],
      note,
    };
  }
  if (choosing) return { title: t('language.title'), actions: languageButtons(t.language, 'group.language'), note };
  return {
    title: t('group.title'),
    tag: { text: t('group.tag'), tone: 'success' },
    body: [
      markdownText(t, 'group.bound', { iso }),
      hour === undefined ? t('group.when') : t('group.from', { time: timeText(hour) }),
      ...(quiet === true ? [t('group.quietHours')] : []),
    ],
    actions: [
      plain(t('button.language'), 'group.language', { language: '' }),
      ...hourButtons(hour, t),
      chosen(t('group.workHours'), quiet === true, 'group.quiet', { quiet: quiet === true ? 'no' : 'yes' }),
      danger(t('group.stop'), 'group.unbind'),
    ],
    note,
  };
}

function hourButtons(present: number | undefined, t: T): CardAction[] {
  return [
    chosen(t('group.asItComes'), present === undefined, 'group.hour', { hour: '' }),
    ...DIGEST_HOURS.map((hour) => chosen(timeText(hour), hour === present, 'group.hour', { hour: `${hour}` })),
  ];
}

/** The present one is marked. */
function chosen(
  label: string,
  isChosen: boolean,
  action: Action,
  params: Readonly<Record<string, string>>,
): CardAction {
  return plain(isChosen ? `✓ ${label}` : label, action, params);
}

function timeText(hour: number): string {
  return `${String(hour).padStart(2, '0')}:00`;
}
