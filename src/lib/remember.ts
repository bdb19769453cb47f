/** The same function, which works out each answer once. Keys are compared by identity. */
export function remember<K, V extends NonNullable<unknown> | null>(work: (key: K) => V): (key: K) => V {
  const known = new Map<K, V>();
  return (key) => {
    let value = known.get(key);
    if (value === undefined) {
      value = work(key);
      known.set(key, value);
    }
    return value;
  };
}
