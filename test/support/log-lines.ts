import { createLog, type Logger } from '@field/kit/log';

export interface LogLines {
  readonly log: Logger;
  /** Everything written so far. */
  text(): string;
  lines(): Record<string, unknown>[];
  /** The lines of one event. */
  of(event: string): Record<string, unknown>[];
}

/** A log that a test can read. */
export function logLines(level = 'debug'): LogLines {
  const written: string[] = [];
  const log = createLog({ level, to: { write: (line) => void written.push(line) } });
  const lines = () => written.map((line) => JSON.parse(line) as Record<string, unknown>);
  return { log, text: () => written.join(''), lines, of: (event) => lines().filter((line) => line.event === event) };
}
