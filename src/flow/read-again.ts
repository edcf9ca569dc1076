import { type Code, type CodeRules, readPayload } from '../domain/code.ts';
import { movePhoto, withNote, withPhoto } from './change.ts';
import { foreignNote } from './codes.ts';
import { codesAt, withCodeChanged, withoutCodeAt } from './codes-at.ts';
import type { Draft, DraftPhoto, KeptPhoto, SpotCode, SpotKey } from './draft.ts';
import { reconciled } from './reconcile.ts';

type Read = Pick<KeptPhoto, 'codes' | 'unknown' | 'others' | 'foreign' | 'says'>;

/** What the QR codes of a picture are by these rules, each code once. */
export function readAll(payloads: readonly string[], rules: CodeRules): Read {
  const ours = new Map<string, Code>();
  const unknown = new Map<string, Code>();
  const others: string[] = [];
  let says: KeptPhoto['says'];
  for (const payload of payloads) {
    const read = readPayload(payload, rules);
    if (read.kind === 'ours') ours.set(read.code.canonicalUrl, read.code);
    else others.push(payload);
    if (read.kind === 'unknown') unknown.set(read.code.canonicalUrl, read.code);
    if (read.kind === 'foreign') says ??= read.says;
  }
  return {
    codes: [...ours.values()],
    unknown: ours.size > 0 ? [] : [...unknown.values()],
    others,
    foreign: says !== undefined,
    says,
  };
}

/**
 * A draft by the patterns of now: what was read in its photos before a pattern knew it counts as if it had been known, and what turned
 * out to be something else goes. What counted stays, whatever pattern is gone. The same draft where nothing changed.
 */
export function readAgain(draft: Draft): Draft {
  let now = draft;
  for (const photo of draft.photos) now = photoReadAgain(now, photo);
  for (const { key } of draft.spots) for (const code of codesAt(now, key)) now = codeReadAgain(now, key, code);
  return reconciled(draft, now);
}

function photoReadAgain(draft: Draft, { photoId, kept, where }: DraftPhoto): Draft {
  if (kept?.others === undefined || kept.others.length === 0) return draft;
  const { codes, unknown, ...read } = readAll(kept.others, draft.flow.codes);
  const all = [...kept.codes, ...codes];
  const left = all.length > 0 ? [] : unknown;
  const isSame = codes.length === 0 && read.says === kept.says && left?.length === (kept.unknown?.length ?? 0);
  if (isSame) return draft;
  const again = withPhoto(draft, photoId, { kept: { ...kept, ...read, codes: all, unknown: left } });
  const isWanted = codes.length > 0 && where.kind === 'setAside' && where.why === 'foreign';
  return isWanted ? movePhoto(again, photoId, { kind: 'tray' }) : again;
}

function codeReadAgain(draft: Draft, key: SpotKey, code: SpotCode): Draft {
  if (code.unknown !== true) return draft;
  const read = readPayload(code.canonicalUrl, draft.flow.codes);
  switch (read.kind) {
    case 'ours':
      return withCodeChanged(draft, key, code, ({ method }) => ({ ...read.code, method, ownership: 'unchecked' }));
    case 'foreign': {
      const closeup = draft.photos.find(({ where, kept }) => {
        const isHere = where.kind === 'slot' && where.slot.spot === key;
        return isHere && kept?.others?.some((payload) => payload.trim() === code.canonicalUrl);
      });
      const freed =
        closeup === undefined ? draft : movePhoto(draft, closeup.photoId, { kind: 'setAside', why: 'foreign' });
      const without = withoutCodeAt(freed, key, code);
      return withNote(without, { code: foreignNote(read.says), spot: key, photoId: closeup?.photoId });
    }
    default:
      return draft;
  }
}
