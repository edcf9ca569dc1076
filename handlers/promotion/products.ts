import { type FlowId, PRODUCTS, type Product } from '../../src/domain/products.ts';

/** The flow that promotes a product. */
export const FLOW_OF: Readonly<Record<Product, FlowId>> = { MARKETING_CODE: 'promotion.marketingCode' };

export function isProduct(value: unknown): value is Product {
  return PRODUCTS.some((product) => product === value);
}
