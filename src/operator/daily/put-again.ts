import { basename, join } from 'node:path';
import { fileStanding, releaseFile } from '../../../models/incoming-files.ts';
import { checkFile, isMostlyWrong } from '../../daily/incoming/check-file.ts';
import { LANDING_KINDS } from '../../daily/incoming/kinds.ts';
import type { Operator } from '../command.ts';
import { cannot } from './cannot.ts';
import { follow, type LandedFile } from './follow.ts';
import { countRows } from './import-file.ts';
import { putBack, type Quarantined, quarantinedIn } from './incoming-folder.ts';
import { type OwnFile, onReceived, ownFile } from './own-file.ts';

/** Has a quarantined file looked at once more, as it is. Errors: `daily.cannot`. */
export async function retryFile(asked: string, operator: Operator): Promise<LandedFile> {
  const { quarantined, file } = await quarantinedFile(asked, operator);
  const again = await onReceived(file, async (copy) => {
    const rows = await countRows(file, copy, operator);
    return { name: quarantined.name, fileHash: copy.fileHash, rows };
  });
  await putBack(quarantined.file, quarantined.name, operator.daily().incoming);
  return await follow(again, operator);
}

/**
 * Has a file landed although most of its rows are wrong: what is right of it is applied. It is kept for good that this content was
 * released, whenever it is landed, by whichever process. Errors: `daily.cannot`, also where it was quarantined for another reason.
 */
export async function releaseFromQuarantine(asked: string, operator: Operator): Promise<LandedFile> {
  const { quarantined, file } = await quarantinedFile(asked, operator);
  const released = await onReceived(file, async (copy) => {
    const { fileHash } = copy;
    const rows = await countRows(file, copy, operator);
    await operator.onStore(async () => {
      const nobodyElse = async (): Promise<void> => undefined;
      const checked = await checkFile(copy, LANDING_KINDS[file.kind], nobodyElse);
      if (!isMostlyWrong(checked)) throw cannot(`Most rows of ${quarantined.file} are right now: retry it instead.`);
      const known = await fileStanding(fileHash);
      if (known?.state !== 'QUARANTINED')
        throw cannot(`${quarantined.file} is another content than the one that was quarantined: retry it instead.`);
      await releaseFile(fileHash, operator.now());
    });
    return { name: quarantined.name, fileHash, rows };
  });
  await putBack(quarantined.file, quarantined.name, operator.daily().incoming);
  return await follow(released, operator);
}

async function quarantinedFile(
  asked: string,
  operator: Operator,
): Promise<{ readonly quarantined: Quarantined; readonly file: OwnFile }> {
  const { incoming, encoding } = operator.daily();
  const all = await quarantinedIn(incoming);
  const quarantined = all.find(({ file }) => file === basename(asked));
  const names = all.map((one) => one.file).join(', ');
  if (quarantined === undefined)
    throw cannot(`${asked} is not in quarantine. ${names === '' ? 'Nothing is.' : `There are: ${names}.`}`);
  const file = await ownFile(join(incoming, 'quarantine', quarantined.file), quarantined.name, encoding);
  if (file === undefined) throw cannot(`${quarantined.file} is no name of a daily file.`);
  return { quarantined, file };
}
