export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** The quartiles, which a few slow rounds don't move. */
export function spread(values: readonly number[]): { low: number; high: number } {
  return { low: quantile(values, 0.25), high: quantile(values, 0.75) };
}

function quantile(values: readonly number[], fraction: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (sorted.length - 1) * fraction;
  const below = sorted[Math.floor(at)];
  return below + (sorted[Math.ceil(at)] - below) * (at - Math.floor(at));
}
