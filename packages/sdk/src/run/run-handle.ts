import { kindOf } from '../kind-of.ts'
import { eachRecord } from './each-record.ts'
import type { OwnedRun } from './owned-run.ts'
import type { Run } from './run.ts'

/**
 * What the job gets of its run.
 *
 * Each method is made when it is first read, so that it works on its own (`const { log } = run`) and an unused one costs
 * nothing.
 */
export class RunHandle implements Run {
  readonly id: string
  readonly #run: OwnedRun

  constructor(id: string, run: OwnedRun) {
    this.id = id
    this.#run = run
  }

  get signal(): AbortSignal {
    return this.#run.controller().signal
  }

  get meta(): Run['meta'] {
    return (values) => {
      if (this.#run.accepts('meta')) this.#run.gathered().set(values)
    }
  }

  get increment(): Run['increment'] {
    return (field, by = 1) => {
      if (this.#run.accepts('increment')) this.#run.gathered().increment(field, by)
    }
  }

  get log(): Run['log'] {
    const run = this.#run
    return (line: unknown) => {
      if (!run.accepts('log')) return
      if (typeof line === 'string') run.addLine(line)
      else run.context.warn('log', `run.log takes a text; ${kindOf(line)} is left out`)
    }
  }

  get each(): Run['each'] {
    const run = this.#run
    return (records, handle, options = {}) =>
      eachRecord(records, handle, options, {
        signal: this.signal,
        count: (field, by) => {
          if (run.accepts('each')) run.gathered().increment(field, by)
        },
        log: (line) => {
          if (run.accepts('each')) run.addLine(line)
        },
        warn: (message) => run.context.warn('each', message),
      })
  }
}
