import { addAudit } from '../../models/audit.ts';
import { allIsos, changeGallery, type Iso } from '../../models/isos.ts';
import { inTransaction } from '../../models/transaction.ts';
import { type CommandGroup, command, OP, type Operator } from './command.ts';
import { ISO_EMAIL } from './iso-inputs.ts';
import { isoWith } from './isos.ts';

const list = command({
  name: 'list',
  what: 'lists of which ISOs the people may choose photos from the gallery, on the page that takes them',
  takes: {},
  options: {},
  run: (_, { onStore }) => onStore(async () => ({ isos: await listGalleries() })),
  say: ({ isos }) =>
    isos.length === 0
      ? `There is no ISO yet. Add one: ${OP} iso create --help`
      : isos.map(({ email, name, gallery }) => `${email}  ${name}  ${gallery ? 'gallery' : 'camera alone'}`).join('\n'),
});

const allow = command({
  name: 'allow',
  what: "lets an ISO's people choose photos from the gallery, on the page that takes them",
  takes: { email: ISO_EMAIL },
  options: {},
  run: ({ email }, operator) => operator.onStore(() => setGallery(email, true, operator)),
  say: ({ name }) => `People of ${name} may choose photos from the gallery.`,
});

const forbid = command({
  name: 'forbid',
  what: "has an ISO's people take photos by the camera alone, on that page, as at the beginning",
  takes: { email: ISO_EMAIL },
  options: {},
  run: ({ email }, operator) => operator.onStore(() => setGallery(email, false, operator)),
  say: ({ name }) => `People of ${name} take photos by the camera.`,
});

export const gallery: CommandGroup = {
  name: 'gallery',
  what: 'whether photos may be chosen from the gallery, on the page that takes them',
  commands: [list, allow, forbid],
};

async function listGalleries() {
  return (await allIsos()).map(({ email, name, gallery = false }) => ({ email, name, gallery }));
}

/** Errors: `iso.unknown`. */
async function setGallery(
  email: string,
  isAllowed: boolean,
  { ids, now }: Pick<Operator, 'ids' | 'now'>,
): Promise<Pick<Iso, 'email' | 'name'>> {
  const { isoId, name } = await isoWith(email);
  await inTransaction(async (tx) => {
    await changeGallery(isoId, isAllowed, tx);
    const details = { gallery: isAllowed ? 'yes' : 'no' };
    const subject = { kind: 'iso', id: isoId } as const;
    await addAudit(
      [{ at: now(), by: 'operator', isoId, what: 'iso.gallery', subject, details, cause: ids.next() }],
      tx,
    );
  });
  return { email, name };
}
