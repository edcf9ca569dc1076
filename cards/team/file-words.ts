/** `settlement 20261124 001`: a file's name is longer than a line of a phone, and breaks only between words. */
export function fileInWords(file: string): string {
  return file.replace(/\.[a-z]+(\.gz)?$/i, '').replaceAll('_', ' ');
}

/** `tasks 1124 1`: as much of it as stands on a button. */
export function fileButton(file: string): string {
  return fileInWords(file)
    .replace(/^inspection-/i, '')
    .replace(/ \d{4}(\d{4})/, ' $1')
    .replace(/ 0+(\d+)$/, ' $1');
}
