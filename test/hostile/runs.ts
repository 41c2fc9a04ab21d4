/** How many hostile inputs each fuzz plays; `npm run test:exhaustive` sets more. */
export const RUNS = Number(process.env.HOSTILE_RUNS ?? 2_000);

/** Another in every run, unless it is named; a failure says it. */
export const SEED = Number(process.env.HOSTILE_SEED ?? Math.floor(Math.random() * 2 ** 31));
