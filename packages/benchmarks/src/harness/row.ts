/** One promise in numbers, and how it is measured. */
export interface Row {
  /** As in the documents: `N1`, or a short name. */
  readonly id: string
  readonly what: string
  readonly goal: string
  /** Minutes rather than seconds: only run when asked for by id, or with `--all`. */
  readonly isLong?: boolean
  measure(): Promise<Measured>
}

export interface Measured {
  /** What came out, in words. */
  readonly value: string
  /** `undefined` where the goal is not a number that this run can judge. */
  readonly met: boolean | undefined
  readonly numbers: Readonly<Record<string, number>>
}
