/** `settlement 20261124 001`: a file's name is longer than a line of a phone, and breaks only between words. */
export function fileInWords(file: string): string {
  return file.replace(/\.csv(\.gz)?$/, '').replaceAll('_', ' ');
}
