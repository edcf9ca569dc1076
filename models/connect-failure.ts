import mongoose from 'mongoose';

/**
 * Why no connection came about: the address cannot be read, the log-in was refused, nobody is there now, a server is there that cannot
 * be worked with as the address says, or something else.
 */
export type WhyNotConnected = 'unreadable' | 'logIn' | 'nobody' | 'notAsked' | 'other';

export interface ConnectFailure {
  readonly why: WhyNotConnected;
  /** For the operator: without the user, the password and the options of the address. */
  readonly say: string;
}

/** MongoDB's AuthenticationFailed, Unauthorized, UserNotFound, and what Atlas answers. */
const REFUSES_LOG_IN: ReadonlySet<unknown> = new Set([18, 13, 11, 8000]);
const UNKNOWN_COMMAND = 59;
const TLS = /certificate|\bSSL\b|\bTLS\b|self-signed/i;

/** What to say of an address that cannot be read, by what stands in it alone; undefined where the driver has to look. */
export function unreadableAddress(uri: string): string | undefined {
  const beforeOptions = uri.replace(/\?.*$/s, '');
  if (beforeOptions.split('@').length <= 2) return undefined;
  return cannotBeRead(
    'it has more than one @. In the user and the password write %40 for @, %3A for :, %2F for /, %3F for ?, %23 for #, %25 for %',
  );
}

/** What kept the driver from connecting to `uri`, from what it threw. */
export function connectFailureOf(uri: string, thrown: unknown): ConnectFailure {
  const said = thrown instanceof Error ? thrown.message : String(thrown);
  const causes = [thrown, ...causesAtServers(thrown)];
  const at = `The database at ${withoutSecrets(uri)} (MONGODB_URI)`;
  if (causes.some((cause) => REFUSES_LOG_IN.has(codeOf(cause)))) {
    return {
      why: 'logIn',
      say: `${at} refuses the log-in. Check the user and the password in it, and its authSource.`,
    };
  }
  if (causes.some((cause) => codeOf(cause) === UNKNOWN_COMMAND)) {
    return { why: 'logIn', say: `${at} knows no log-in: ${said}. Leave the user and the password out of it.` };
  }
  if (isParseError(thrown)) {
    return { why: 'unreadable', say: cannotBeRead(said.includes(uri) ? 'it is no address of a database' : said) };
  }
  if (thrown instanceof mongoose.Error.MongooseServerSelectionError) return unselected(thrown, at);
  if (thrown instanceof Error && 'syscall' in thrown && String(thrown.syscall).startsWith('query')) {
    return { why: 'nobody', say: nobodyAt(at, said) };
  }
  return { why: 'other', say: `${at} cannot be used: ${said}. Set MONGODB_URI to another, or mend it there.` };
}

/** `uri` without its user, password and options. */
function withoutSecrets(uri: string): string {
  return uri.replace(/\?.*$/s, '').replace(/\/\/.*@/s, '//');
}

function unselected(thrown: mongoose.Error.MongooseServerSelectionError, at: string): ConnectFailure {
  const here = causesAtServers(thrown).flatMap((cause) => (cause instanceof Error ? [cause.message] : []));
  const said = here[0] ?? thrown.message;
  if (here.some((message) => TLS.test(message))) {
    return {
      why: 'notAsked',
      say: `${at} is there, but not by TLS as the address asks for it: ${said}. Check tls= and its certificates.`,
    };
  }
  if (here.length === 0 && partOf(partOf(thrown, 'reason'), 'type') === 'ReplicaSetNoPrimary') {
    return {
      why: 'notAsked',
      say: `${at} has no primary of the replica set that the address names. Check replicaSet= in it, and rs.status() there.`,
    };
  }
  return { why: 'nobody', say: nobodyAt(at, said) };
}

function nobodyAt(at: string, said: string): string {
  return `${at} does not answer: ${said}. Start it, or set MONGODB_URI to another.`;
}

function cannotBeRead(why: string): string {
  return `MONGODB_URI cannot be read: ${why}.`;
}

function isParseError(thrown: unknown): boolean {
  return (
    thrown instanceof mongoose.mongo.MongoAPIError ||
    thrown instanceof URIError ||
    thrown instanceof TypeError ||
    named(thrown, 'MongoParseError')
  );
}

/** The package that reads addresses has an error of this name that is none of the driver's. */
function named(thrown: unknown, name: string): boolean {
  return thrown instanceof Error && thrown.name === name;
}

/** What each server of the address was found to do. */
function causesAtServers(thrown: unknown): unknown[] {
  const servers: unknown = partOf(partOf(thrown, 'reason'), 'servers');
  if (!(servers instanceof Map)) return [];
  return [...servers.values()].map((server: unknown) => partOf(server, 'error'));
}

function partOf(whole: unknown, name: string): unknown {
  return typeof whole === 'object' && whole !== null ? Reflect.get(whole, name) : undefined;
}

function codeOf(thrown: unknown): unknown {
  return partOf(thrown, 'code');
}
