import { createHash } from 'node:crypto';
import type { Clock } from '@field/kit/clock';
import { AppError } from '@field/kit/errors';
import { alertOf } from '../../cards/alert.ts';
import { withLine } from '../../cards/line.ts';
import { type CardLink, imageKey, toCardParams } from '../../cards/params.ts';
import { type ProgrammeWords, type T, translator } from '../../cards/text.ts';
import type { CardView, PictureRef } from '../../cards/view.ts';
import type { render as drawFace, FaceModels, FaceName } from '../../cards/views.ts';
import { type Card, type CardLine, findCard } from '../../models/cards.ts';
import { findGroup, type Group } from '../../models/groups.ts';
import { findPerson, type Person } from '../../models/people.ts';
import type { Seen } from '../../models/read-ahead.ts';
import { ORGANISATION } from '../domain/budget.ts';
import { DEFAULT_LANGUAGE, isLanguage } from '../domain/languages.ts';
import type { CardParams } from '../platform/platform.ts';
import type { VersionedProgramme } from '../programme/versioned-programme.ts';
import { wordsByPlace } from '../programme/word-texts.ts';
import { askedFor, leftAt } from './asked.ts';
import type { CardImages, FoundImages } from './card-images.ts';
import type { HowToRender, Rendered, Renderer } from './renderer.ts';

/** A face of a view with the model that it is drawn from. */
export type LoadedView = {
  readonly [Face in FaceName]: {
    readonly name: Face;
    readonly model: FaceModels[Face];
    /** In whose words it is drawn; absent: in those of the programme in use. */
    readonly programme?: VersionedProgramme | undefined;
  };
}[FaceName];

/** *This card is done*: what is loaded where there is nothing to show, or nothing for this viewer. */
export const OLD_CARD = { name: 'notice', model: { kind: 'oldCard' }, version: 0 } as const satisfies LoadedView & {
  readonly version: number;
};

/**
 * What a card shows at `now` (milliseconds), the version of its subject that this is, and the pictures of the next card; `seen` is not asked
 * for again.
 */
export type LoadCard = (
  card: Card,
  viewer: Person,
  now: number,
  seen?: Seen,
) => Promise<
  LoadedView & {
    readonly version: number;
    /** In place of the card's own line; `null`: neither. */
    readonly line?: CardLine | null | undefined;
    readonly soon?: readonly PictureRef[] | undefined;
    /** What it would remind of is done or over by now. */
    readonly isOver?: boolean | undefined;
  }
>;

/** What a card in a group shows; nothing in it is for one person's eyes. */
export type LoadGroupCard = (
  card: Card,
  group: Group,
  seen?: Seen,
) => Promise<LoadedView & { readonly version: number }>;

export interface RendererOptions {
  readonly load: LoadCard;
  readonly loadInGroup: LoadGroupCard;
  /** The pure views, by name. */
  readonly view: typeof drawFace;
  readonly images: CardImages;
  readonly clock: Clock;
  /** The words of the programme that is worked by at this moment. */
  readonly words: () => ProgrammeWords;
  /** The page that takes photos beside the chat; undefined where phones do not reach it. */
  readonly capturePage: () => string | undefined;
}

interface DrawnView {
  readonly view: CardView;
  /** The words it is drawn in. */
  readonly t: T;
  readonly version: number;
  readonly line?: CardLine | null | undefined;
  readonly soon?: readonly PictureRef[] | undefined;
  readonly isOver?: boolean | undefined;
  readonly payer: string;
}

/** Draws cards from the present state: load, view, DingTalk's map of strings. */
export function createRenderer(options: RendererOptions): Renderer {
  const { images } = options;
  const toView = (loaded: LoadedView, t: T): CardView => options.view(loaded.name, loaded.model as never, t);

  const translatorFor = ({ language }: Pick<Person, 'language'>): T =>
    translator(isLanguage(language) ? language : DEFAULT_LANGUAGE, options.words());

  async function findImages(view: CardView, patient: boolean, payer: string): Promise<FoundImages> {
    const found = await images.find(view.images ?? []);
    if (found.awaited.length === 0 || !patient) return found;
    await images.getReady(found.awaited, payer);
    return await images.find(view.images ?? []);
  }

  async function render(card: Card, more: HowToRender = {}): Promise<Rendered> {
    const drawn = card.inGroup
      ? await drawInGroup(card, more.seen)
      : await draw(card, more.viewer ?? (await viewerOf(card.viewer)), more.seen);
    const { view, version, t, soon = [], isOver, payer } = drawn;
    const own = drawn.line === undefined ? card.line : (drawn.line ?? undefined);
    const line = more.line ?? own;
    const said =
      line === undefined || card.kind === 'line' || card.folded !== undefined ? view : withLine(view, line, t);
    const { addresses, awaited, awaitedAt } = await findImages(said, more.patient === true, payer);
    const missing = (said.images?.length ?? 0) - addressed(said, addresses) - awaited.length;
    const params = toCardParams(
      missing > 0 ? withMissing(said, missing, t) : said,
      { subject: card.subject, version, round: card.round ?? 0 },
      addresses,
      linkOf(said, t),
    );
    const formOpen = said.form !== undefined;
    return {
      params,
      preview: said.title || plainText(said.body?.[0] ?? ''),
      alert: alertOf(said),
      version: card.wanted,
      asked: card.folded === undefined ? askedFor(card, said) : card.asked,
      hash: createHash('sha256').update(JSON.stringify(params)).digest('base64url'),
      formOpen,
      redrawAt: formOpen ? undefined : awaitedAt,
      soon: [...awaited, ...soon],
      isOver,
      payer,
    };
  }

  function linkOf({ captures }: CardView, t: T): CardLink | undefined {
    const page = captures === true ? options.capturePage() : undefined;
    return page === undefined ? undefined : { label: t('name.scanPage'), page };
  }

  async function draw(card: Card, viewer: Person, seen: Seen | undefined): Promise<DrawnView> {
    const t = translatorFor(viewer);
    const payer = viewer.isoId ?? ORGANISATION;
    const plain = drawnLine(card, t, payer);
    if (plain !== undefined) return plain;
    const first = await options.load(card, viewer, options.clock.now(), seen);
    const holds = seen === undefined || (await seen.holds());
    const loaded = holds ? first : await options.load(card, viewer, options.clock.now());
    const { version, line, soon, isOver, programme } = loaded;
    const own = programme === undefined ? t : translator(t.language, wordsByPlace(programme.programme));
    return { view: toView(loaded, own), version, t, line, soon, isOver, payer };
  }

  async function drawInGroup(card: Card, seen: Seen | undefined): Promise<DrawnView> {
    const group = await findGroup(card.viewer, seen);
    const t = translatorFor(group ?? { language: undefined });
    const payer = group?.isoId ?? ORGANISATION;
    const plain = drawnLine(card, t, payer);
    if (plain !== undefined) return plain;
    if (group === undefined) throw new AppError('bug.unexpected', { why: 'a card for no group' });
    const loaded = await options.loadInGroup(card, group, seen);
    if (seen !== undefined && !(await seen.holds())) return await drawInGroup(card, undefined);
    return { view: toView(loaded, t), version: loaded.version, t, payer };
  }

  /** History, and a line, say the same whatever happens. */
  function drawnLine(card: Card, t: T, payer: string): DrawnView | undefined {
    if (card.folded !== undefined)
      return {
        view: toView({ name: 'line', model: { ...card.folded, asked: leftAt(card, t) } }, t),
        version: 0,
        t,
        payer,
      };
    if (card.kind !== 'line' || card.line === undefined) return undefined;
    return { view: toView({ name: 'line', model: card.line }, t), version: 0, t, payer };
  }

  async function noticeFor(card: Card, userId: string, model: FaceModels['notice']): Promise<CardParams> {
    const t = translatorFor(await viewerOf(userId));
    const from = { subject: card.subject, version: 0, round: card.round ?? 0 };
    return toCardParams(toView({ name: 'notice', model }, t), from, new Map());
  }

  return {
    render,
    async working(outTrackId, userId) {
      const card = await findCard(outTrackId);
      if (card === undefined) return {};
      return await noticeFor(card, userId, { kind: 'checking' });
    },
    async withoutWords(card) {
      const reader = card.inGroup ? await findGroup(card.viewer) : await viewerOf(card.viewer);
      const t = translatorFor(reader ?? { language: undefined });
      const from = { subject: card.subject, version: 0, round: card.round ?? 0 };
      return toCardParams(toView({ name: 'notice', model: { kind: 'unsafe' } }, t), from, new Map());
    },
    async othersCard(card, userId, ownerId) {
      const [owner, tapper] = [await findPerson(ownerId), await findPerson(userId)];
      const isColleague = owner?.isoId !== undefined && owner.isoId === tapper?.isoId;
      // of other ISOs' people nobody learns a name (domain A.12-15)
      return await noticeFor(card, userId, { kind: 'othersCard', name: isColleague ? owner.name : undefined });
    },
  };
}

function addressed({ images = [] }: CardView, addresses: ReadonlyMap<string, string>): number {
  return images.filter((image) => addresses.has(imageKey(image))).length;
}

/** Pictures that nobody can have now are a line of text. */
function withMissing(view: CardView, count: number, t: T): CardView {
  return { ...view, body: [...(view.body ?? []), t('line.picturesNotShown', { count })] };
}

async function viewerOf(userId: string): Promise<Person> {
  const person = await findPerson(userId);
  if (person === undefined) throw new AppError('bug.unexpected', { why: 'a card for nobody' });
  return person;
}

function plainText(markdown: string): string {
  return markdown.replaceAll(/[*\\]/g, '').slice(0, 100);
}
