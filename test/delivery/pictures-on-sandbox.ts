import { createHash } from 'node:crypto';
import { systemIds } from '@field/kit/ids';
import type { CardImage } from '../../cards/view.ts';
import { render } from '../../cards/views.ts';
import { loadGroupCard } from '../../handlers/views.ts';
import { changePerson, meetPerson } from '../../models/people.ts';
import { feelPulse } from '../../models/store-pulse.ts';
import { inTransaction } from '../../models/transaction.ts';
import { createCannotSave } from '../../src/bot/cannot-save.ts';
import { createTaps, type TapAnswer } from '../../src/bot/taps.ts';
import type { CardImages } from '../../src/delivery/card-images.ts';
import { createRenderer, type LoadCard } from '../../src/delivery/render-cards.ts';
import type { Renderer } from '../../src/delivery/renderer.ts';
import { createUploadedImages } from '../../src/delivery/uploaded-images.ts';
import { createPhonePhotos } from '../../src/media/phone-photos.ts';
import { DingTalkTime } from '../../src/platform/dingtalk-time.ts';
import { examplesIn } from '../../src/programme/pictures.ts';
import { pictures } from '../support/pictures.ts';
import { shippedFiles } from '../support/shipped-programme.ts';
import { aDelivery, type Services } from './delivery-on-sandbox.ts';

const EXAMPLES = examplesIn(shippedFiles());

export const UPLOAD = 'POST /media/upload';

/** A photo in the store, by its content hash. */
export async function aPhoto(seed: number): Promise<string> {
  const jpeg = await pictures.storefront(seed);
  const contentHash = createHash('sha256').update(jpeg).digest('hex');
  kept.set(contentHash, jpeg);
  return contentHash;
}
/** No card of these tests goes without its pictures because the machine has much to do. */
const LONG_MS = 120_000;
/** A photo that is never taken by DingTalk: there is nothing in it. */
export const EMPTY = 'e'.repeat(64);
const kept = new Map<string, Buffer>();
const phonePhoto = createPhonePhotos({ get: async (contentHash) => kept.get(contentHash) });

/** A view of these tests: the photos on it, and those on the view that a tap on it leads to. */
export interface PhotoView {
  readonly photos?: readonly string[];
  readonly soon?: readonly string[];
  readonly form?: true;
}

const shownOn = ({ photos = [] }: PhotoView): CardImage[] =>
  photos.map((sha256) => ({ kind: 'photo', sha256, alt: 'The shop' }));

/** Photos that are uploaded once an app, by a process of its own. `open` lets uploads through. */
export function someImages(
  services: Services,
  open: () => Promise<void> = async () => undefined,
  patience = { ms: LONG_MS },
): CardImages {
  return createUploadedImages({
    ...services,
    get patienceMs() {
      return patience.ms;
    },
    app: 'demo-client',
    code: async () => Buffer.from('code'),
    example: (name) => EXAMPLES.get(name),
    random: () => 0,
    sheet: async () => Buffer.from('sheet'),
    photo: async (contentHash) => (contentHash === EMPTY ? Buffer.alloc(0) : await phonePhoto(contentHash)),
    platform: {
      async uploadImage(image, bill) {
        await open();
        return await services.platform.uploadImage(image, bill);
      },
    },
  });
}

/** Delivery and taps on a sandbox with cards that show photos. A card's subject names one of `views`. */
export async function photoCards(views: Readonly<Record<string, PhotoView>>) {
  let gate: Promise<void> = Promise.resolve();
  const patience = { ms: LONG_MS };
  let images: CardImages | undefined;
  let renderer: Renderer | undefined;
  const load: LoadCard = async (card) => ({
    name: 'notice',
    model: { kind: 'othersCard', name: card.subject.id },
    version: card.wanted,
    soon: (views[card.subject.id]?.soon ?? []).map((sha256) => ({ kind: 'photo', sha256 })),
  });
  const at = await aDelivery((services) => {
    images = someImages(services, () => gate, patience);
    renderer = createRenderer({
      load,
      loadInGroup: loadGroupCard,
      images,
      clock: services.clock,
      words: () => new Map(),
      capturePage: () => undefined,
      view(name, model, t) {
        const view = views[(model as { name?: string }).name ?? ''] ?? {};
        const form = {
          action: 'promotion.answer' as const,
          step: 'store',
          submitLabel: 'Send',
          fields: [{ name: 'f', label: 'F', type: 'TEXT' as const }],
        };
        return { ...render(name, model, t), images: shownOn(view), form: view.form ? form : undefined };
      },
    });
    return { images, renderer };
  });
  if (images === undefined || renderer === undefined) throw new Error('nothing to draw with');
  await inTransaction(async (tx) => {
    await meetPerson('staff1', 'Nok', tx);
    await changePerson('staff1', { state: 'ACTIVE', language: 'en', workingCard: 'c1' }, tx);
  });
  const pulse = feelPulse(at.clock);
  const taps = createTaps({
    ...at,
    images,
    renderer,
    dingTalkTime: new DingTalkTime(at.clock),
    ids: systemIds,
    wake: at.delivery.wake,
    pulse,
    cannotSave: createCannotSave({ ...at, pulse }),
    budget: { stopsTap: () => undefined, opened: () => undefined },
    answerTakesMs: 3_000,
    dispatch: async (ctx) => {
      const view = ctx.update.kind === 'tap' ? (ctx.update.params.extra.view ?? '') : '';
      ctx.show({ view: 'menu', subject: { kind: 'person', id: view } });
    },
  });

  return {
    ...at,
    images,
    /** Uploads hang from now on until this is called. */
    holdUploads(): () => void {
      let letThrough: () => void = () => undefined;
      gate = new Promise((resolve) => {
        letThrough = resolve;
      });
      return () => letThrough();
    },
    /** From now on a card waits for its pictures no longer than this. */
    waitForPictures(ms: number): void {
      patience.ms = ms;
    },
    /** The working card of `staff1`. */
    workOn: (view: string): Promise<void> => at.send('c1', { about: view }),
    /** A tap that leads to `view`; its answer has left when this resolves. */
    async tap(view: string): Promise<TapAnswer> {
      const answer = await taps({
        kind: 'tap',
        id: systemIds.next(),
        at: Date.now(),
        outTrackId: 'c1',
        userId: 'staff1',
        params: { action: 'any', extra: { view } },
      });
      answer.left?.(true);
      return answer;
    },
    /** The pictures on a card as DingTalk has it. */
    async picturesOf(outTrackId: string): Promise<string[]> {
      const { body } = await at.sandbox.control<{ data: { images: string } }>(
        'GET',
        `/cards/${outTrackId}?viewer=staff1`,
      );
      return urlsIn(body.data.images);
    },
  };
}

/** The pictures that a tap was answered with. */
export function picturesIn(answer: TapAnswer): string[] {
  return urlsIn(answer.params?.images ?? '[]');
}

function urlsIn(images: string): string[] {
  return (JSON.parse(images) as { url: string }[]).map(({ url }) => url);
}
