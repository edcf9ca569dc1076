import { isDeepStrictEqual } from 'node:util';
import { type FormDraft, initialDraft, submittedForm } from '@field/dingtalk-sandbox/form-values';
import type { Entry, RenderedField } from '@field/dingtalk-sandbox/page-protocol';
import type { ControlClient } from './control-client.ts';
import type { StoryPersonId } from './people.ts';

/** What was done. */
export type Step = 'message' | 'tap';

/** A button by what it does: its routing key, and the params that tell it from others of that key. */
interface Wanted {
  readonly action: string;
  readonly params?: Readonly<Record<string, string>> | undefined;
}

/** What a tap is: the card, what is tapped on it, and what is filled in. */
interface Press {
  readonly outTrackId: string;
  readonly actionId: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly form?: object | undefined;
}

type View = NonNullable<Entry['view']>;
type Find = (view: View) => { what: Pick<Press, 'actionId' | 'params'>; form?: object } | undefined;

/** After so many taps without an answer in time somebody gives up. */
const MOST_TRIES = 20;

/** Somebody of the story with a phone in hand: says, sends, taps and fills in what stands lowest in the chat. */
export class StoryPerson {
  readonly userId: StoryPersonId;
  readonly #client: ControlClient;

  constructor(userId: StoryPersonId, client: ControlClient) {
    this.userId = userId;
    this.#client = client;
  }

  async says(text: string, group?: string): Promise<Step> {
    await this.#client.post('/messages', { from: this.userId, text, to: group });
    return 'message';
  }

  async sends(...pictures: readonly Blob[]): Promise<Step> {
    await this.#client.sendPictures(this.userId, pictures);
    return 'message';
  }

  /** Taps the lowest button that does this, in the chat with the bot or in a group. */
  async taps(wanted: Wanted, conversationId: string = this.userId): Promise<Step> {
    return await this.#taps(conversationId, `button ${JSON.stringify(wanted)}`, ({ buttons }) => {
      const button = buttons.find((one) => !one.disabled && does(one.params, wanted));
      return button && { what: button };
    });
  }

  /** Fills in the lowest form; fields that are not named keep what stands in them. */
  async fills(answers: FormDraft, conversationId: string = this.userId): Promise<Step> {
    return await this.#taps(conversationId, `form for ${Object.keys(answers).join(', ')}`, ({ forms }) => {
      const form = forms.find(({ disabled }) => !disabled);
      if (form === undefined) return undefined;
      const named = Object.entries(answers).map(([field, answer]) => [onPhone(form.fields, field), answer]);
      const draft: FormDraft = { ...initialDraft(form.fields), ...Object.fromEntries(named) };
      return { what: form, form: submittedForm(form.fields, draft) };
    });
  }

  /**
   * Taps what stands lowest, and again as long as it stands there after a tap that got no answer in time: on a busy machine that one
   * may have come to nothing, or be applied late.
   */
  async #taps(conversationId: string, called: string, find: Find): Promise<Step> {
    const entries = await this.#client.entries(conversationId, this.userId);
    const lowest = entries.toReversed().find((entry) => pressOf(entry, find) !== undefined);
    const press = lowest && pressOf(lowest, find);
    if (press === undefined) throw new Error(`${this.userId} sees no ${called}`);
    for (let tries = 1; ; tries += 1) {
      const answer = await this.#tap(press);
      if (answer.applied) return 'tap';
      if (tries === MOST_TRIES) throw new Error(`a tap of ${this.userId} was not applied: ${JSON.stringify(answer)}`);
      await this.#client.post('/idle', {});
      const now = await this.#client.entries(conversationId, this.userId);
      const same = now.find(({ outTrackId }) => outTrackId === press.outTrackId);
      if (same === undefined || !isDeepStrictEqual(pressOf(same, find), press)) return 'tap';
    }
  }

  async #tap({ outTrackId, actionId, params, form }: Press): Promise<{ applied: boolean }> {
    const path = `/cards/${encodeURIComponent(outTrackId)}/actions`;
    const tapped = { userId: this.userId, actionId, params: form === undefined ? params : { ...params, form } };
    return (await this.#client.post(path, tapped)) as { applied: boolean };
  }
}

function pressOf({ outTrackId, view }: Entry, find: Find): Press | undefined {
  const found = outTrackId === undefined || view === undefined ? undefined : find(view);
  if (outTrackId === undefined || found === undefined) return undefined;
  const { actionId, params } = found.what;
  return { outTrackId, actionId, params, form: found.form };
}

/** The product gives each asking of a form field names of its own: `spotType` is `spotType_…` on the phone. */
function onPhone(fields: readonly RenderedField[], field: string): string {
  const found = fields.find(({ name }) => name.startsWith(`${field}_`));
  if (found === undefined)
    throw new Error(`there is no field ${field} in ${fields.map(({ name }) => name).join(', ')}`);
  return found.name;
}

function does(params: Readonly<Record<string, unknown>>, { action, params: wanted = {} }: Wanted): boolean {
  if (params.action !== action) return false;
  const carried = JSON.parse(String(params.extra)) as Record<string, string>;
  return Object.entries(wanted).every(([name, value]) => carried[name] === value);
}
