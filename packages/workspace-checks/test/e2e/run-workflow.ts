import type { RecipeMachine } from './recipe-machine.ts'

/** What the recipes use of a workflow. */
export interface Workflow {
  readonly jobs: Readonly<Record<string, WorkflowJob>>
}

interface WorkflowJob {
  readonly env?: Readonly<Record<string, string>>
  readonly steps: readonly {
    readonly uses?: string
    readonly run?: string
    readonly if?: string
    readonly env?: Readonly<Record<string, string>>
  }[]
}

/**
 * Runs the shell steps of a workflow with one job as GitHub does, in the machine's folder. Actions count as successful.
 *
 * @param machine.exitCode  Code with which the report of the machine exits.
 * @returns whether the job succeeded, and the exit code of each step that ran.
 */
export async function runWorkflow(
  { jobs }: Workflow,
  machine: Pick<RecipeMachine, 'run'> & {
    readonly exitCode: number
    readonly secrets: Readonly<Record<string, string>>
  },
): Promise<{ readonly succeeded: boolean; readonly codes: readonly (number | null)[] }> {
  const [job] = Object.values(jobs)
  let succeeded = true
  const codes: (number | null)[] = []
  for (const step of job?.steps ?? []) {
    if (step.run === undefined || !isDue(step.if, succeeded)) continue
    const fill = (text: string): string =>
      text.replaceAll(/\$\{\{ (\S+) \}\}/g, (_, name: string) =>
        name.startsWith('secrets.') ? (machine.secrets[name.slice(8)] ?? '') : name,
      )
    const env = Object.fromEntries(
      Object.entries({ ...job?.env, ...step.env }).map(([name, value]) => [name, fill(value)]),
    )
    // `run` without `shell`, on Linux.
    const ended = await machine.run(['bash', '-e', '-c', fill(step.run)], {
      exitCode: machine.exitCode,
      env,
    })
    codes.push(ended.code)
    succeeded &&= ended.code === 0
  }
  return { succeeded, codes }
}

function isDue(condition = 'success()', succeeded: boolean): boolean {
  if (condition === 'success()') return succeeded
  if (condition === 'failure() || cancelled()') return !succeeded
  throw new RangeError(`a condition of a recipe must be one that its test knows, got ${condition}`)
}
