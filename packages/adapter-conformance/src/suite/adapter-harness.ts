import type { CrontifyMonitor } from '@crontify/sdk'

/** What a scheduler itself made of one run: the same with a monitor and without, or the adapter has hurt the job. */
export type SeenByScheduler =
  | { readonly type: 'succeeded'; readonly result: unknown }
  | { readonly type: 'failed'; readonly error: unknown }

/** A job as a row writes it: called once for each run. */
export type Job = () => unknown

/** How a row wants its job on the scheduler. */
export interface JobOnScheduler {
  readonly job: Job
  /** Watches the job. Without one, the scheduler runs the bare job: what it sees then is what it must see with one. */
  readonly monitor: CrontifyMonitor | undefined
  /** The adapter's option `meta`, where the row sets one. */
  readonly meta?: false | ((result: unknown) => Readonly<Record<string, number>>)
}

/** A job that stands on the real scheduler. */
export interface RunningAdapter {
  /** Has the scheduler run the job once, and resolves when the scheduler is done with it. Never rejects. */
  run(): Promise<SeenByScheduler>
  /** Puts the adapter on the same object a second time, as a mistake. */
  watchAgain?(): unknown
  close(): Promise<unknown>
}

/** A call with the wrong object, which the adapter refuses. */
export interface WrongObject {
  /** What is handed over, for the test's title: "a Queue". */
  readonly name: string
  readonly watch: () => unknown
  /** What the error says: what was expected, and what was found. */
  readonly says: RegExp
}

/** What the suite needs of an adapter. */
export interface AdapterHarness {
  /** `job`: the job runs in this process and nowhere else. `queue`: another worker continues it when this process ends. */
  readonly kind: 'job' | 'queue'
  /** Puts a job on the real scheduler. */
  open(setting: JobOnScheduler): Promise<RunningAdapter>
  readonly wrongObjects: readonly WrongObject[]
}
