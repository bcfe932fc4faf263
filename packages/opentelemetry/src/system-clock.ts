/** Milliseconds since 1970, by the machine's clock. */
export const systemNow = (): number => Date.now()
