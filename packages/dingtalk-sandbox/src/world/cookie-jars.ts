/** What each person's client keeps of the pages of each bot, as its web view does; it does not outlive the sandbox. */
export class CookieJars {
  readonly #jars = new Map<string, Map<string, string>>();

  /** The `Cookie` header that this person's client sends. */
  header(viewer: string, origin: string): string {
    return [...this.#jar(viewer, origin)].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  /** Takes in the `Set-Cookie` headers of an answer; of their attributes only an end at once counts. */
  take(viewer: string, origin: string, headers: readonly string[]): void {
    for (const header of headers) {
      const [pair = '', ...attributes] = header.split(';').map((part) => part.trim());
      const [name = '', ...value] = pair.split('=');
      if (attributes.some((one) => /^max-age=(0|-\d+)$/i.test(one))) this.#jar(viewer, origin).delete(name);
      else this.#jar(viewer, origin).set(name, value.join('='));
    }
  }

  forget(): void {
    this.#jars.clear();
  }

  #jar(viewer: string, origin: string): Map<string, string> {
    const key = `${viewer} ${origin}`;
    const jar = this.#jars.get(key) ?? new Map<string, string>();
    this.#jars.set(key, jar);
    return jar;
  }
}
