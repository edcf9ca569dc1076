import { readdirSync, readFileSync } from 'node:fs';
import mongoose from 'mongoose';

const NAMES = readdirSync('models').flatMap((file) =>
  [...readFileSync(`models/${file}`, 'utf8').matchAll(/ = collection\('(\w+)'/g)].map(([, name]) => name),
);

/** The product's models, each with its collection: other tests of the same worker may have made some, too. */
export async function ownModels(): Promise<readonly mongoose.Model<unknown>[]> {
  for (const file of readdirSync('models')) await import(/* @vite-ignore */ `../../models/${file}`);
  const own = Object.values(mongoose.models).filter(({ collection }) => NAMES.includes(collection.name));
  if (own.length !== NAMES.length) throw new Error(`Of ${NAMES.length} collections ${own.length} are there`);
  return own;
}
