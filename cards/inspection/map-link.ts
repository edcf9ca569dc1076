const MAP_SEARCH = 'https://www.google.com/maps/search/?api=1&query=';
/** Far longer than an address is, so that a card cannot grow by it. */
const LONGEST = 200;

/** A search for a shop on a map, as an address that is safe inside markdown. */
export function mapLink(shop: string, address: string): string {
  const query = encodeURIComponent(`${shop}, ${address}`.slice(0, LONGEST).replace(/\p{Cs}/gu, ''));
  return `${MAP_SEARCH}${query.replace(/[!'()*_~]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)}`;
}
