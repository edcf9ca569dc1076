import { labelWith, plain, primary } from '../buttons.ts';
import { languageButtons } from '../language.ts';
import { markdownText } from '../markdown.ts';
import { shorten } from '../shorten.ts';
import type { T } from '../text.ts';
import type { CardAction, CardView } from '../view.ts';

export interface InvitationModel {
  readonly requestId: string;
  readonly version: number;
  /** Who invites, and for which ISO. */
  readonly admin: string;
  readonly iso: string;
}

export interface InvitationsModel {
  /** The open ones, the oldest first. */
  readonly open: readonly InvitationModel[];
  /** The ISO that the person works for. */
  readonly works?: string | undefined;
  /** The ISO to which they said no last, while that holds. */
  readonly refused?: string | undefined;
}

/** As many as a card has room for; the next ones stand there once these are answered. */
const SHOWN = 2;

/** *You are invited*: by whom, `Join` and `No`; of several each by its name. Nothing changes until the person says yes. */
export function invitations({ open, works, refused }: InvitationsModel, t: T): CardView {
  const shown = open.slice(0, SHOWN);
  if (shown.length === 0) return { title: t('invited.over.title'), body: answered(works, refused, t), actions: [] };
  return {
    title: t('invited.title'),
    body: [
      ...shown.map(({ admin, iso }) =>
        markdownText(t, 'invited.by', { admin: shorten(admin, 16), iso: shorten(iso, 20) }),
      ),
      t('invited.nothing'),
      ...(works === undefined ? [] : [markdownText(t, 'invited.leaves', { iso: shorten(works, 20) })]),
    ],
    actions: [
      ...(shown.length === 1 ? shown.flatMap((one) => yesOrNo(one, t)) : shown.flatMap((one) => namedYesOrNo(one, t))),
      ...(works === undefined ? languageChoice(shown.length, t) : []),
    ],
  };
}

/** Nobody has asked them for their language yet: a row of them, and where there is no room for it, the way to it. */
function languageChoice(invitations: number, t: T): CardAction[] {
  return invitations === 1 ? languageButtons(t.language) : [plain(t('button.language'), 'language.open')];
}

function yesOrNo(one: InvitationModel, t: T): CardAction[] {
  return [
    primary(t('button.join'), 'association.join', named(one)),
    plain(t('button.no'), 'association.refuse', named(one)),
  ];
}

function namedYesOrNo(one: InvitationModel, t: T): CardAction[] {
  return [
    plain(labelWith(t, 'button.joinIso', one.iso), 'association.join', named(one)),
    plain(labelWith(t, 'button.notIso', one.iso), 'association.refuse', named(one)),
  ];
}

/** What a button says of the invitation that it is about, and which version of it the person saw. */
export function named({ requestId, version }: Pick<InvitationModel, 'requestId' | 'version'>): Record<string, string> {
  return { association: requestId, seen: String(version) };
}

function answered(works: string | undefined, refused: string | undefined, t: T): string[] {
  if (works === undefined && refused === undefined) return [t('invited.over')];
  return [
    ...(works === undefined ? [] : [markdownText(t, 'invited.works', { iso: shorten(works, 30) })]),
    ...(refused === undefined
      ? []
      : [markdownText(t, 'invited.saidNo', { iso: shorten(refused, 30) }), t('invited.quiet')]),
  ];
}
