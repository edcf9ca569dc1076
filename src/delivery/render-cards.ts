import { createHash } from 'node:crypto';
import { withLine } from '../../cards/line.ts';
import { imageKey, toCardParams } from '../../cards/params.ts';
import { render, type ViewModels, type ViewName } from '../../cards/registry.ts';
import { type T, translator } from '../../cards/text.ts';
import type { CardView, DrawnFrom } from '../../cards/view.ts';
import { type Card, type CardLine, findCard } from '../../models/cards.ts';
import { findPerson, type Person } from '../../models/people.ts';
import type { Clock } from '../clock.ts';
import { DEFAULT_LANGUAGE, isLanguage } from '../domain/languages.ts';
import { AppError } from '../errors.ts';
import type { CardParams } from './platform.ts';
import type { Rendered, Renderer } from './renderer.ts';

/** A view with the model that it is drawn from. */
export type LoadedView = {
  readonly [Name in ViewName]: { readonly name: Name; readonly model: ViewModels[Name] };
}[ViewName];

/** What a card shows at `now` (milliseconds), and the version of its subject that this is. */
export type LoadCard = (
  card: Card,
  viewer: Person,
  now: number,
) => Promise<LoadedView & { readonly version: number; readonly line?: CardLine }>;

/** Where the pictures on cards lie, as far as they can be shown. */
export interface CardImages {
  /** By `imageKey`; a picture that is not ready is left out. */
  addresses(keys: readonly string[]): Promise<ReadonlyMap<string, string>>;
}

/** Draws cards from the present state: load, view, DingTalk's map of strings. */
export function createRenderer(options: { load: LoadCard; images: CardImages; clock: Clock }): Renderer {
  const loadNow = (card: Card, viewer: Person): ReturnType<LoadCard> => options.load(card, viewer, options.clock.now());
  const toParams = async (view: CardView, from: DrawnFrom): Promise<CardParams> => {
    const addresses = await options.images.addresses((view.images ?? []).map(imageKey));
    return toCardParams(view, from, addresses);
  };

  async function render(card: Card, more: { viewer?: Person; line?: CardLine } = {}): Promise<Rendered> {
    const viewer = more.viewer ?? (await viewerOf(card.viewer));
    const t = translatorFor(viewer);
    const { view, version, line: own } = await draw(loadNow, card, viewer, t);
    const line = more.line ?? own ?? card.line;
    const said =
      line === undefined || card.kind === 'line' || card.folded !== undefined ? view : withLine(view, line, t);
    const params = await toParams(said, { subject: card.subject, version });
    return {
      params,
      preview: said.title || plainText(said.body?.[0] ?? ''),
      version: card.wanted,
      hash: createHash('sha256').update(JSON.stringify(params)).digest('base64url'),
      formOpen: said.form !== undefined,
    };
  }

  async function noticeFor(card: Card, userId: string, model: ViewModels['notice']): Promise<CardParams> {
    const t = translatorFor(await viewerOf(userId));
    return toParams(renderView({ name: 'notice', model }, t), { subject: card.subject, version: 0 });
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

async function draw(
  load: (card: Card, viewer: Person) => ReturnType<LoadCard>,
  card: Card,
  viewer: Person,
  t: T,
): Promise<{ view: CardView; version: number; line?: CardLine }> {
  if (card.folded !== undefined) return { view: renderView({ name: 'folded', model: card.folded }, t), version: 0 };
  if (card.kind === 'line' && card.line !== undefined) {
    return { view: renderView({ name: 'line', model: card.line }, t), version: 0 };
  }
  const { version, line, ...loaded } = await load(card, viewer);
  return { view: renderView(loaded, t), version, ...(line !== undefined && { line }) };
}

function renderView(loaded: LoadedView, t: T): CardView {
  return render(loaded.name, loaded.model as never, t);
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
