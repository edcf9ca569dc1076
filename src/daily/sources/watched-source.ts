import type { IncomingSource } from '../incoming/source.ts';

/** A source that tells which of its files are being landed now. */
export interface WatchedSource extends IncomingSource {
  isBeingLanded(name: string): boolean;
}

/** Watches a source: a file is being landed from when it is read first until it is put away. */
export function watchedSource(source: IncomingSource): WatchedSource {
  const underWay = new Set<string>();
  return {
    isBeingLanded: (name) => underWay.has(name),
    async offers() {
      return (await source.offers()).map((offer) => ({
        ...offer,
        read() {
          underWay.add(offer.name);
          return offer.read();
        },
        async putAway(where, result) {
          await offer.putAway(where, result);
          underWay.delete(offer.name);
        },
      }));
    },
  };
}
