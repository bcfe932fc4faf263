/** A process, so that a later one with the same number is not taken for it. */
export interface Holder {
  readonly pid: number
  /** Empty where the machine does not tell. */
  readonly startedAt: string
}

/** The text of a lock that these hold. */
export function lockText(holders: readonly Holder[]): string {
  return holders.map(({ pid, startedAt }) => `${pid} ${startedAt}\n`).join('')
}

/** The first holder of a lock's text that lives; `undefined` where all are gone. */
export function livingHolder(text: string, startOf: (pid: number) => string | undefined): Holder | undefined {
  return text
    .split('\n')
    .flatMap((line) => {
      const [, pid, startedAt = ''] = /^(\d+) (\S*)$/.exec(line) ?? []
      return pid === undefined ? [] : [{ pid: Number(pid), startedAt }]
    })
    .find(({ pid, startedAt }) => {
      const now = startOf(pid)
      return now !== undefined && (now === startedAt || now === '' || startedAt === '')
    })
}
