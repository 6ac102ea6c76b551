/** The `i`th of a list that begins anew at its end: the demo's way to vary without chance. */
export function pick<T>(list: readonly [T, ...T[]], i: number): T {
  return list[i % list.length] ?? list[0]
}
