import { addAudit } from '../../models/audit.ts';
import { allIsos, type Iso } from '../../models/isos.ts';
import { inTransaction, type Transaction } from '../../models/transaction.ts';
import type { Audited } from '../domain/audited.ts';
import { type CommandGroup, command, OP, type Operator } from './command.ts';
import { ISO_EMAIL } from './iso-inputs.ts';
import { isoWith } from './isos.ts';

/** One way in which a switch can be put: its command, and what is said once it is. */
interface Position {
  readonly name: string;
  readonly what: string;
  /** Of an ISO in a list. */
  readonly word: string;
  say(iso: string): string;
}

interface IsoSwitch {
  /** Of the ISO, and of the group of commands. */
  readonly field: 'gallery' | 'todos';
  readonly what: string;
  /** What the list is for. */
  readonly listed: string;
  readonly on: Position;
  readonly off: Position;
  readonly audited: Audited;
  change(isoId: string, isOn: boolean, tx: Transaction): Promise<void>;
}

/** The commands of something that each ISO has or has not: `list`, and one each way, audited. Errors: `iso.unknown`. */
export function isoSwitch(of: IsoSwitch): CommandGroup {
  const list = command({
    name: 'list',
    what: of.listed,
    takes: {},
    options: {},
    run: (_, { onStore }) =>
      onStore(async () => ({
        isos: (await allIsos()).map((iso) => ({
          email: iso.email,
          name: iso.name,
          [of.field]: iso[of.field] ?? false,
        })),
      })),
    say: ({ isos }) =>
      isos.length === 0
        ? `There is no ISO yet. Add one: ${OP} iso create --help`
        : isos.map((iso) => `${iso.email}  ${iso.name}  ${(iso[of.field] ? of.on : of.off).word}`).join('\n'),
  });
  const putTo = (isOn: boolean) => {
    const { name, what, say } = isOn ? of.on : of.off;
    return command({
      name,
      what,
      takes: { email: ISO_EMAIL },
      options: {},
      run: ({ email }, operator) => operator.onStore(() => put(of, email, isOn, operator)),
      say: (iso) => say(iso.name),
    });
  };
  return { name: of.field, what: of.what, commands: [list, putTo(true), putTo(false)] };
}

async function put(
  { field, audited, change }: IsoSwitch,
  email: string,
  isOn: boolean,
  { ids, now }: Pick<Operator, 'ids' | 'now'>,
): Promise<Pick<Iso, 'email' | 'name'>> {
  const { isoId, name } = await isoWith(email);
  await inTransaction(async (tx) => {
    await change(isoId, isOn, tx);
    const details = { [field]: isOn ? 'yes' : 'no' };
    const subject = { kind: 'iso', id: isoId } as const;
    await addAudit([{ at: now(), by: 'operator', isoId, what: audited, subject, details, cause: ids.next() }], tx);
  });
  return { email, name };
}
