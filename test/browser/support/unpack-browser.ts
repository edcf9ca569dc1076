import chromium from '@sparticuz/chromium';

/**
 * Before the first browser test: the browser is unpacked once. Files that run side by side would else each find the program
 * half written by another ("text file busy").
 */
export async function setup(): Promise<void> {
  await chromium.executablePath();
}
