/** What an ISO deploys in shops (domain A.2). */
export const PRODUCTS = ['MARKETING_CODE', 'PRIMARY_POSM'] as const;
export type Product = (typeof PRODUCTS)[number];

export function isProduct(value: unknown): value is Product {
  return PRODUCTS.some((product) => product === value);
}
