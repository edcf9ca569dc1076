import { createHash } from 'node:crypto';
import { captureAsk } from '../../cards/capture/asks.ts';
import { type CaptureFormModel, captureForm } from '../../cards/capture/forms.ts';
import { type T, translator } from '../../cards/text.ts';
import { workCapturedFor, workToCapture } from '../../handlers/photos/work-to-capture.ts';
import { findIso } from '../../models/isos.ts';
import { currentProgramme } from '../../models/programme-in-use.ts';
import { wordsByPlace } from '../programme/word-texts.ts';
import type { CapturePagesOptions } from '../web/capture/routes.ts';
import type { Services } from './services.ts';

type Parts = Pick<CapturePagesOptions, 'workOf' | 'endedOf' | 'wishes'>;

/** The page beside the chat with what it asks for: what the cards of the same work ask, in the words of the programme in use. */
export function capturing({ clock }: Pick<Services, 'clock'>): Parts {
  return {
    async workOf(person, { language }) {
      const found = await workToCapture(person, clock.now());
      const { shop = '' } = found?.found ?? {};
      const t = spokenIn(language);
      return (
        found && {
          work: found.work,
          shop,
          asks: found.asks.map((ask) => {
            const { slot, takes, most, have, checking, example } = ask;
            const picture = example === undefined ? undefined : `/examples/${example}.jpg`;
            return { slot, takes, most, have, checking, example: picture, ...captureAsk(t, shop, ask) };
          }),
          forms: found.forms.map((form) => {
            const { slot, isNext } = form;
            return { slot, isNext, turn: turnOf(form), ...captureForm(t, shop, form) };
          }),
        }
      );
    },
    async endedOf(person, work, takenAt) {
      const found = await workCapturedFor(person, work, { now: clock.now(), takenAt });
      if (found === undefined) return { shop: '', how: 'over' };
      return found.ended && { shop: found.shop, how: found.ended };
    },
    async wishes({ isoId }) {
      const { gallery = false } = (isoId === undefined ? undefined : await findIso(isoId)) ?? {};
      const { farAfterMetres } = currentProgramme().programme.photos;
      return { location: farAfterMetres === undefined ? 'no' : 'ask', gallery };
    },
  };
}

/** Another one once an answer came, be it the same mistake again. */
function turnOf({ form, answeredAt }: CaptureFormModel): string {
  const said = JSON.stringify([form.values, form.problems, answeredAt]);
  return createHash('sha256').update(said).digest('base64url').slice(0, 12);
}

function spokenIn(language: T['language']): T {
  return translator(language, wordsByPlace(currentProgramme().programme));
}
