/** The value below which that share of the sorted values lies; `NaN` for none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

/** Three digits are as much as these machines can tell. */
export function rounded(value: number): number {
  return Number(value.toPrecision(3))
}
