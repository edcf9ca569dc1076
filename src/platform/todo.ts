/** Where a to-do leads: on a phone, and on a computer. */
export interface TodoPage {
  readonly phoneUrl: string;
  readonly computerUrl: string;
}

/** A to-do of one person, in DingTalk's own list. People are named by their `unionId` there. */
export interface NewTodo {
  readonly unionId: string;
  /** Our own name of it: DingTalk makes one of that name, and refuses a second for ever. */
  readonly name: string;
  readonly subject: string;
  readonly dueAt: number | undefined;
  readonly page: TodoPage;
}

export interface TodoChange {
  readonly unionId: string;
  readonly taskId: string;
  readonly subject?: string | undefined;
  readonly dueAt?: number | undefined;
  readonly done: boolean;
}

/** Where a page of ours opens inside DingTalk: on a computer a plain address leaves it for the browser, which nobody is signed in to (dingtalk 3.5). */
export function insideDingTalk(url: string): TodoPage {
  const inside = new URLSearchParams({ url, pc_slide: 'true' });
  return { phoneUrl: url, computerUrl: `dingtalk://dingtalkclient/page/link?${inside}` };
}

/** Where a to-do leads: what came of one's work, in the chat. Undefined where phones do not reach the bot, or nobody knows its organisation. */
export function todoPage(address: string | undefined, corpId: string | undefined): TodoPage | undefined {
  if (address === undefined || corpId === undefined) return undefined;
  return insideDingTalk(`${address}/go/results?corpId=${encodeURIComponent(corpId)}`);
}
