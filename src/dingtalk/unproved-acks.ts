/** Of a peer that never answers a ping as it should, no more than these are kept; the oldest count as arrived. */
const MOST = 1_000;

/**
 * Acks that left on a connection, until something proves that they arrived. What is sent arrives in order, so the answer to a ping
 * proves all that left before that ping; while nothing does, the network may have dropped them (dingtalk 1.6).
 */
export class UnprovedAcks {
  #acks: { readonly afterPing: number; readonly lost: () => void }[] = [];
  #pings = 0;
  #over = false;

  /** What the next ping carries, which its pong brings back. */
  nextPing(): string {
    this.#pings += 1;
    return String(this.#pings);
  }

  /** `lost` is called once, if the connection ends before anything proves that this ack arrived. */
  left(lost: () => void): void {
    if (this.#over) lost();
    else this.#acks.push({ afterPing: this.#pings, lost });
    if (this.#acks.length > MOST) this.#acks.shift();
  }

  pong(payload: string): void {
    this.#acks = this.#acks.filter(({ afterPing }) => !(afterPing < Number(payload)));
  }

  /** A goodbye that the other side answered: it has read all that was sent. */
  allArrived(): void {
    this.#acks = [];
  }

  /** The connection is over, and nothing can prove anything any more. */
  allLost(): void {
    this.#over = true;
    for (const { lost } of this.#acks.splice(0)) lost();
  }
}
