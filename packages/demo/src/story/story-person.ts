import { type FormDraft, initialDraft, submittedForm } from '@field/dingtalk-sandbox/form-values';
import type { RenderedField } from '@field/dingtalk-sandbox/page-protocol';
import type { ControlClient } from './control-client.ts';
import type { StoryPersonId } from './people.ts';

/** What was done. */
export type Step = 'message' | 'tap';

/** A button by what it does: its routing key, and the params that tell it from others of that key. */
interface Wanted {
  readonly action: string;
  readonly params?: Readonly<Record<string, string>> | undefined;
}

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
    for (const { outTrackId, view } of (await this.#client.entries(conversationId, this.userId)).toReversed()) {
      const button = view?.buttons.find((one) => !one.disabled && does(one.params, wanted));
      if (outTrackId === undefined || button === undefined) continue;
      return this.#tap(outTrackId, button.actionId, button.params);
    }
    throw new Error(`${this.userId} sees no button ${JSON.stringify(wanted)}`);
  }

  /** Fills in the lowest form; fields that are not named keep what stands in them. */
  async fills(answers: FormDraft, conversationId: string = this.userId): Promise<Step> {
    for (const { outTrackId, view } of (await this.#client.entries(conversationId, this.userId)).toReversed()) {
      const form = view?.forms.find(({ disabled }) => !disabled);
      if (outTrackId === undefined || form === undefined) continue;
      const named = Object.entries(answers).map(([field, answer]) => [onPhone(form.fields, field), answer]);
      const draft: FormDraft = { ...initialDraft(form.fields), ...Object.fromEntries(named) };
      return this.#tap(outTrackId, form.actionId, { ...form.params, form: submittedForm(form.fields, draft) });
    }
    throw new Error(`${this.userId} sees no form for ${Object.keys(answers).join(', ')}`);
  }

  async #tap(outTrackId: string, actionId: string, params: Readonly<Record<string, unknown>>): Promise<Step> {
    const path = `/cards/${encodeURIComponent(outTrackId)}/actions`;
    const answer = (await this.#client.post(path, { userId: this.userId, actionId, params })) as { applied: boolean };
    if (!answer.applied) throw new Error(`a tap of ${this.userId} was not applied: ${JSON.stringify(answer)}`);
    return 'tap';
  }
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
