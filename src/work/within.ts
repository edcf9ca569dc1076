/** What comes of `work` in time, else `late`; who waits for it no longer does not stop it. */
export function within<T, const Late>(ms: number, work: Promise<T>, late: Late): Promise<T | Late> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(late), ms);
    timer.unref();
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
