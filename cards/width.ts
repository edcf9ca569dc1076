/** Letters that take the room of two: Chinese, Japanese, Korean, and signs made for them (Unicode's East Asian Width W and F). */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/gu;

/** How much room a text takes, in the widths of a Latin letter (wording rule 3); what Thai writes above and below takes none. */
export function widthOf(text: string): number {
  const letters = [...text.normalize('NFC').replace(/\p{Mn}/gu, '')].length;
  return letters + (text.match(WIDE)?.length ?? 0);
}

/** As much room as a text takes, or as many UTF-16 units as it has, where that is more: what a limit of either kind is held against. */
export function unitsOf(text: string): number {
  return text.length + (text.match(WIDE)?.length ?? 0);
}
