/** Says what is being done, on one line that changes where somebody looks on, else a line now and then. */
export interface Progress {
  /** `done`, of 1, where it is known how far it is. */
  say(what: string, done?: number): void;
  /** Nothing is being done any more: what is said next begins a line of its own. */
  end(): void;
}

/** Where it is shown. */
export interface Screen {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  write(text: string): unknown;
}

const BAR = 24;
const COLUMNS = 80;
/** Without a terminal a line comes with each new thing, and each further tenth of it. */
const STEP = 0.1;

export function createProgress(screen: Screen): Progress {
  let shown = '';
  let said = { what: '', step: -1 };

  function onTerminal(what: string, done: number | undefined): void {
    const line = (done === undefined ? what : `${barOf(done)} ${what}`).slice(0, (screen.columns ?? COLUMNS) - 1);
    if (line === shown) return;
    shown = line;
    screen.write(`\r\u001b[K${line}`);
  }

  function asLines(what: string, done: number | undefined): void {
    const plain = what.replace(/[\d,]+/g, '');
    const step = done === undefined ? 0 : Math.floor(done / STEP);
    if (plain === said.what && step <= said.step) return;
    said = { what: plain, step };
    screen.write(`${what}${done === undefined ? '' : ` (${percent(done)})`}\n`);
  }

  return {
    say: screen.isTTY ? onTerminal : asLines,
    end() {
      if (shown !== '') screen.write('\r\u001b[K');
      shown = '';
    },
  };
}

/** `[######------------------]  25 %`. */
function barOf(done: number): string {
  const full = Math.round(Math.min(1, Math.max(0, done)) * BAR);
  return `[${'#'.repeat(full)}${'-'.repeat(BAR - full)}] ${percent(done).padStart(5)}`;
}

function percent(done: number): string {
  return `${Math.floor(done * 100)} %`;
}
