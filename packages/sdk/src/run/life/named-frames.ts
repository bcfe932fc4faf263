import type { LiveRun } from './live-run.ts'

const NAME = 'run of crontify '
const NAMES = new RegExp(`${NAME}(\\d+)`, 'g')

/**
 * A function that awaits a job under a name that a stack shows. Without `currentRun` the stack is the only sign of who awaits
 * whom.
 */
export interface NamedFrame {
  run: LiveRun | undefined
  readonly call: <Result>(job: () => Result | Promise<Result>) => Promise<Result>
}

/** By the number in their name. Frames are used again, because V8 keeps a shape for each function with a name of its own. */
const frames: NamedFrame[] = []
const free: NamedFrame[] = []

export function takeFrame(run: LiveRun): NamedFrame {
  const frame = free.pop() ?? newFrame()
  frame.run = run
  return frame
}

export function returnFrame(frame: NamedFrame): void {
  frame.run = undefined
  free.push(frame)
}

/** The runs whose jobs await the code that this stack is from, the innermost first. */
export function runsInStack(stack: string): readonly LiveRun[] {
  return [...stack.matchAll(NAMES)].flatMap(([, number]) => frames[Number(number)]?.run ?? [])
}

function newFrame(): NamedFrame {
  const call = async <Result>(job: () => Result | Promise<Result>): Promise<Result> => await job()
  Object.defineProperty(call, 'name', { value: `${NAME}${frames.length}` })
  const frame: NamedFrame = { run: undefined, call }
  frames.push(frame)
  return frame
}
