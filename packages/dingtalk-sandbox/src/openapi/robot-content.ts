import { newApiError } from '../http/api-errors.ts';
import type { EntryFile } from '../store/chat.ts';
import type { World } from '../world/world.ts';

/** What a robot message shows in a chat. */
export interface Content {
  readonly kind: 'text' | 'picture' | 'file';
  readonly text?: string | undefined;
  readonly files?: readonly EntryFile[] | undefined;
}

const card = { title: 'actionCardTotitle', text: 'actionCardTotext' };
const buttons = (count: number): Record<string, string> =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      [`actionTitle${index + 1}`, 'actionCardTobtnsTotitle'],
      [`actionURL${index + 1}`, 'actionCardTobtnsToactionUrl'],
    ]).flat(),
  );

/** DKB 0699: each msgKey with the parameters it needs, and after `miss.param.` what is said when one is missing (DKB 0714). */
const NEEDED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  sampleText: { content: 'contentOfText' },
  sampleMarkdown: { title: 'markdownTotitle', text: 'markdownTotext' },
  sampleImageMsg: { photoURL: 'photoTophotoUrl' },
  sampleLink: { title: 'titleOfLink', text: 'textOfLink', messageUrl: 'messageUrlOfLink' },
  sampleActionCard: { ...card, singleTitle: 'actionCardTosingleTitle', singleURL: 'actionCardTosingleUrl' },
  sampleActionCard2: { ...card, ...buttons(2) },
  sampleActionCard3: { ...card, ...buttons(3) },
  sampleActionCard4: { ...card, ...buttons(4) },
  sampleActionCard5: { ...card, ...buttons(5) },
  sampleActionCard6: {
    ...card,
    buttonTitle1: 'actionCardTobtnsTotitle',
    buttonUrl1: 'actionCardTobtnsToactionUrl',
    buttonTitle2: 'actionCardTobtnsTotitle',
    buttonUrl2: 'actionCardTobtnsToactionUrl',
  },
  sampleAudio: { mediaId: 'audio', duration: 'audio' },
  sampleFile: { mediaId: 'file', fileName: 'file', fileType: 'file' },
  sampleVideo: { videoMediaId: 'video', videoType: 'video', duration: 'video', picMediaId: 'video' },
};
const FILE_TYPES = ['xlsx', 'pdf', 'zip', 'rar', 'doc', 'docx'];

/** What a msgKey and its msgParam show, or DingTalk's refusal of them. */
export function contentOf(world: World, msgKey: string, msgParam: string): Content {
  const needed = NEEDED[msgKey];
  if (needed === undefined) throw newApiError(400, 'invalidParameter.msgKey.invalid');
  const given = paramsIn(msgParam);
  const of = (name: string): string => String(given[name] ?? '');
  for (const [name, missing] of Object.entries(needed)) {
    if (of(name) === '') throw newApiError(400, `miss.param.${missing}`);
  }
  switch (msgKey) {
    case 'sampleText':
      return { kind: 'text', text: of('content') };
    case 'sampleMarkdown':
      return { kind: 'text', text: of('text') };
    case 'sampleImageMsg':
      return { kind: 'picture', files: [shown(world, of('photoURL'), 'picture.jpg')] };
    case 'sampleAudio':
      return { kind: 'file', files: [shown(world, of('mediaId'), 'voice.amr')] };
    case 'sampleVideo':
      only(['mp4'], of('videoType'));
      shown(world, of('picMediaId'), 'cover.jpg');
      return { kind: 'file', files: [shown(world, of('videoMediaId'), 'video.mp4')] };
    case 'sampleFile':
      only(FILE_TYPES, of('fileType'));
      return { kind: 'file', files: [shown(world, of('mediaId'), of('fileName'))] };
    default:
      return { kind: 'text', text: `${of('title')}\n${of('text')}` };
  }
}

function only(types: readonly string[], type: string): void {
  if (!types.includes(type)) throw newApiError(400, 'invalidParameter.param.invalid', `${type} is not supported`);
}

function shown(world: World, mediaId: string, fileName: string): EntryFile {
  const media = world.files.media(mediaId);
  if (media === undefined && !/^https?:/.test(mediaId)) throw newApiError(400, 'invalidParameter.msgParam.invalid');
  return { downloadCode: mediaId, fileName, image: media?.type === 'image' };
}

function paramsIn(text: string): Record<string, unknown> {
  try {
    const parsed = JSON.parse(text) as unknown;
    if (parsed !== null && typeof parsed === 'object') return parsed as Record<string, unknown>;
  } catch {
    // refused below
  }
  throw newApiError(400, 'invalidParameter.msgParam.invalid');
}
