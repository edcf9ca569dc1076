import { createHash } from 'node:crypto';
import { withLine } from '../../cards/line.ts';
import { toCardParams } from '../../cards/params.ts';
import type { render as renderView, ViewModels, ViewName } from '../../cards/registry.ts';
import { type T, translator } from '../../cards/text.ts';
import type { CardView, PictureRef } from '../../cards/view.ts';
import { type Card, type CardLine, findCard } from '../../models/cards.ts';
import { findPerson, type Person } from '../../models/people.ts';
import type { Clock } from '../clock.ts';
import { DEFAULT_LANGUAGE, isLanguage } from '../domain/languages.ts';
import { AppError } from '../errors.ts';
import type { CardImages, FoundImages } from './card-images.ts';
import type { CardParams } from './platform.ts';
import type { HowToRender, Rendered, Renderer } from './renderer.ts';

/** A view with the model that it is drawn from. */
export type LoadedView = {
  readonly [Name in ViewName]: { readonly name: Name; readonly model: ViewModels[Name] };
}[ViewName];

/** What a card shows at `now` (milliseconds), the version of its subject that this is, and the pictures of the next card. */
export type LoadCard = (
  card: Card,
  viewer: Person,
  now: number,
) => Promise<
  LoadedView & { readonly version: number; readonly line?: CardLine; readonly soon?: readonly PictureRef[] }
>;

export interface RendererOptions {
  readonly load: LoadCard;
  /** The pure views, by name. */
  readonly view: typeof renderView;
  readonly images: CardImages;
  readonly clock: Clock;
}

interface DrawnView {
  readonly view: CardView;
  readonly version: number;
  readonly line?: CardLine | undefined;
  readonly soon?: readonly PictureRef[] | undefined;
}

/** Draws cards from the present state: load, view, DingTalk's map of strings. */
export function createRenderer(options: RendererOptions): Renderer {
  const { images } = options;
  const toView = (loaded: LoadedView, t: T): CardView => options.view(loaded.name, loaded.model as never, t);

  async function findImages(view: CardView, patient: boolean): Promise<FoundImages> {
    const found = await images.find(view.images ?? []);
    if (found.awaited.length === 0 || !patient) return found;
    await images.getReady(found.awaited);
    return await images.find(view.images ?? []);
  }

  async function render(card: Card, more: HowToRender = {}): Promise<Rendered> {
    const viewer = more.viewer ?? (await viewerOf(card.viewer));
    const t = translatorFor(viewer);
    const { view, version, line: own, soon = [] } = await draw(card, viewer, t);
    const line = more.line ?? own ?? card.line;
    const said =
      line === undefined || card.kind === 'line' || card.folded !== undefined ? view : withLine(view, line, t);
    const { addresses, awaited, awaitedAt } = await findImages(said, more.patient === true);
    const params = toCardParams(said, { subject: card.subject, version }, addresses);
    const formOpen = said.form !== undefined;
    return {
      params,
      preview: said.title || plainText(said.body?.[0] ?? ''),
      version: card.wanted,
      hash: createHash('sha256').update(JSON.stringify(params)).digest('base64url'),
      formOpen,
      redrawAt: formOpen ? undefined : awaitedAt,
      soon: [...awaited, ...soon],
    };
  }

  async function draw(card: Card, viewer: Person, t: T): Promise<DrawnView> {
    if (card.folded !== undefined) return { view: toView({ name: 'folded', model: card.folded }, t), version: 0 };
    if (card.kind === 'line' && card.line !== undefined) {
      return { view: toView({ name: 'line', model: card.line }, t), version: 0 };
    }
    const loaded = await options.load(card, viewer, options.clock.now());
    const { version, line, soon } = loaded;
    return { view: toView(loaded, t), version, line, soon };
  }

  async function noticeFor(card: Card, userId: string, model: ViewModels['notice']): Promise<CardParams> {
    const t = translatorFor(await viewerOf(userId));
    return toCardParams(toView({ name: 'notice', model }, t), { subject: card.subject, version: 0 }, new Map());
  }

  return {
    render,
    async working(outTrackId, userId) {
      const card = await findCard(outTrackId);
      if (card === undefined) return {};
      return await noticeFor(card, userId, { kind: 'checking' });
    },
    async othersCard(card, userId, ownerId) {
      const owner = await findPerson(ownerId);
      return await noticeFor(card, userId, {
        kind: 'othersCard',
        ...(owner === undefined ? {} : { name: owner.name }),
      });
    },
  };
}

async function viewerOf(userId: string): Promise<Person> {
  const person = await findPerson(userId);
  if (person === undefined) throw new AppError('bug.unexpected', { why: 'a card for nobody' });
  return person;
}

function translatorFor(person: Person): T {
  return translator(isLanguage(person.language) ? person.language : DEFAULT_LANGUAGE);
}

function plainText(markdown: string): string {
  return markdown.replaceAll(/[*\\]/g, '').slice(0, 100);
}
