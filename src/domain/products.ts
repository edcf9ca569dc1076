/** What an ISO deploys in shops (domain A.2). A further product is a name here and one file in `flows/`. */
export const PRODUCTS = ['MARKETING_CODE', 'PRIMARY_POSM'] as const;
export type Product = (typeof PRODUCTS)[number];

/** A promotion's flow, kept in every draft so that a newer definition finds its answers. */
export const FLOW_IDS = ['promotion.marketingCode', 'promotion.primaryPosm'] as const;
export type FlowId = (typeof FLOW_IDS)[number];

export function isProduct(value: unknown): value is Product {
  return PRODUCTS.some((product) => product === value);
}
