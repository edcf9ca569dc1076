import { menuButton, plain, primary } from '../buttons.ts';
import { shorten } from '../shorten.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';

export interface TeamModel {
  /** The ISO's name. */
  readonly iso: string;
  /** How many requests wait for a decision. */
  readonly waiting: number;
  /** Invitations that did not go out, and those that wait for consent. */
  readonly stuck: number;
  readonly invited: number;
}

/** *Team*: an admin's home. What is to do stands first; nothing to do is said too. */
export function team({ iso, waiting, stuck, invited }: TeamModel, t: T): CardView {
  const todo = [
    ...(waiting > 0 ? [t('team.waiting', { count: waiting })] : []),
    ...(stuck > 0 ? [t('team.stuck', { count: stuck })] : []),
  ];
  const requests = waiting > 0 ? t('button.requestsCount', { count: waiting }) : t('button.requests');
  return {
    title: t('team.title', { iso: shorten(iso, 20) }),
    body: [
      ...(todo.length > 0 ? todo : [t('team.nothingToDo')]),
      ...(invited > 0 ? [t('team.invited', { count: invited })] : []),
    ],
    actions: [
      (waiting > 0 ? primary : plain)(requests, 'team.requests'),
      plain(t('button.people'), 'team.people'),
      plain(t('button.more'), 'team.more'),
      menuButton(t),
    ],
  };
}
