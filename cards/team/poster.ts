import { plain } from '../buttons.ts';
import { markdownLink } from '../markdown.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';
import { teamButton } from './pages.ts';

export interface PosterModel {
  /** Where the code leads and where the sheet to print is; absent while phones cannot reach the bot's web. */
  readonly pages?: { readonly join: string; readonly poster: string } | undefined;
}

/** *QR poster*: the ISO's code, to be scanned from here or from a wall. */
export function poster({ pages }: PosterModel, t: T): CardView {
  if (pages === undefined) {
    return { title: t('qr.title'), body: [t('qr.noAddress'), t('qr.invite')], actions: [teamButton(t)] };
  }
  return {
    title: t('qr.title'),
    body: [t('qr.scan'), t('qr.ask'), markdownLink(t('qr.print'), pages.poster)],
    images: [{ kind: 'code', address: pages.join, alt: t('qr.alt') }],
    actions: [plain(t('button.newCodeAsk'), 'team.renewPoster'), teamButton(t)],
  };
}
