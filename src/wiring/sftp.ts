import { join } from 'node:path';
import type { Outgoing } from '../daily/outgoing.ts';
import type { Intake } from '../daily/sources/intake.ts';
import { createNotes } from '../daily/sources/notes.ts';
import { broughtIn } from '../daily/sources/sftp/bring-in.ts';
import { sentNote } from '../daily/sources/sftp/send-out.ts';
import { createSftp, type Sftp } from '../daily/sources/sftp/sftp.ts';
import type { PartHealth } from '../web/health.ts';
import type { Services } from './services.ts';

/** Daily files over an SFTP server; undefined without one. */
export function sftpOf(
  { config, ...services }: Services,
  parts: { readonly intake: Intake; readonly outgoing: Pick<Outgoing, 'name'>; readonly taken: () => void },
): Sftp | undefined {
  const { sftp: server, dataDir, mongodbUri } = config;
  if (server === undefined) return undefined;
  const { in: from, out: to } = server;
  const { intake, outgoing, taken } = parts;
  const notes = (name: string): string => join(dataDir, 'sftp', name);
  return createSftp({
    ...services,
    server,
    bringIn:
      from === undefined ? undefined : { folder: from, intake, taken, notes: createNotes(notes('in'), broughtIn) },
    sendOut:
      to === undefined
        ? undefined
        : {
            // several processes name their files alike, each in its own folder
            folder: async () => (mongodbUri === undefined ? to : `${to}/${await outgoing.name(services.ids.next())}`),
            outgoing: join(dataDir, 'outgoing'),
            notes: createNotes(notes('out'), sentNote),
            photoNotes: createNotes(notes('photos'), sentNote),
          },
  });
}

/** Whether files come and go; everything else works without. */
export function sftpHealth(sftp: Sftp): PartHealth {
  const detail = sftp.fault();
  return { ok: detail === undefined, detail, essential: false };
}
