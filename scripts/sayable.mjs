/** What no further start mends by itself: `CANNOT_WORK` of the product, which may not be built yet. */
const CANNOT_WORK = 78;

/** An error that is shown as it reads, without a stack, and ends with the code after which nobody need start it again. */
export function sayable(message) {
  return Object.assign(new Error(message), { stack: message, exitCode: CANNOT_WORK });
}
