import { effect, type Signal, signal } from '@preact/signals';

/** Everything that is kept for the data of one sandbox, by its name; each is forgotten with that data. */
const all: { readonly forget: () => void }[] = [];
const EPOCH = 'epoch';

/** A value that every tab of this browser shares, over reloads too, for as long as the sandbox has the same data. */
export function kept<Value>(name: string, empty: Value): Signal<Value> {
  const value = signal(read(name, empty));
  const storage = storageHere();
  effect(() => storage?.setItem(name, JSON.stringify(value.value)));
  storage &&
    addEventListener('storage', ({ key, newValue }) => {
      if (key === name && newValue !== JSON.stringify(value.peek())) value.value = read(name, empty);
    });
  all.push({
    forget: () => {
      value.value = empty;
    },
  });
  return value;
}

/** The sandbox said which data it has: what was kept for other data is forgotten. */
export function keepFor(epoch: number): void {
  const storage = storageHere();
  if (storage?.getItem(EPOCH) === String(epoch)) return;
  storage?.setItem(EPOCH, String(epoch));
  for (const { forget } of all) forget();
}

function read<Value>(name: string, empty: Value): Value {
  try {
    const text = storageHere()?.getItem(name);
    return typeof text === 'string' ? (JSON.parse(text) as Value) : empty;
  } catch {
    return empty;
  }
}

/** Undefined where the page's state is looked at without a browser. */
function storageHere(): Storage | undefined {
  return typeof localStorage === 'undefined' ? undefined : localStorage;
}
