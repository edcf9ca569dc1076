/** What an ISO deploys in shops (domain A.2). A further product is a name here and one file in `flows/`. */
export const PRODUCTS = ['MARKETING_CODE'] as const;
export type Product = (typeof PRODUCTS)[number];

/** A promotion's flow, kept in every draft so that a newer definition finds its answers. */
export const FLOW_IDS = ['promotion.marketingCode'] as const;
export type FlowId = (typeof FLOW_IDS)[number];
