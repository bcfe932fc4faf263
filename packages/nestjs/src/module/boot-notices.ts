import type { FoundMethod } from '../jobs/find-methods.ts'
import { idOf } from '../jobs/monitor-ref.ts'
import type { Monitors } from './monitors.ts'

/** Methods that a notice names; further ones are counted. */
const MOST_NAMED = 10

/** What an application says at its start about the methods that are scheduled or monitored. */
export function bootNotices(
  found: readonly FoundMethod[],
  monitors: Pick<Monitors, 'problem'>,
  noticeUnmonitored: boolean,
): readonly string[] {
  const notices = found.flatMap(({ method, mark }) => {
    const problem = mark === undefined || mark.ref === false ? undefined : monitors.problem(mark.ref)
    return problem === undefined ? [] : [`@Monitor on ${method} ${problem}`]
  })
  for (const [id, methods] of methodsById(found)) {
    if (methods.length < 2) continue
    notices.push(
      `A monitor must be on one method, got "${id}" on ${methods.join(', ')}. Runs at the same time are reported as overlaps.`,
    )
  }
  const unmonitored = found.filter(isUnmonitored).map(({ method }) => method)
  if (noticeUnmonitored && unmonitored.length > 0) notices.push(unmonitoredText(unmonitored))
  return notices
}

function methodsById(found: readonly FoundMethod[]): ReadonlyMap<string, readonly string[]> {
  const methods = new Map<string, string[]>()
  for (const { method, mark } of found) {
    const id = mark === undefined ? undefined : idOf(mark.ref)
    if (id !== undefined) methods.set(id, [...(methods.get(id) ?? []), method])
  }
  return methods
}

/** A `@Cron` method that Nest runs and nothing watches. */
function isUnmonitored({ mark, timing, isStatic }: FoundMethod): boolean {
  return mark === undefined && timing?.kind === 'cron' && !timing.isDisabled && isStatic
}

function unmonitoredText(methods: readonly string[]): string {
  const named = methods.slice(0, MOST_NAMED).join(', ')
  const more = methods.length > MOST_NAMED ? ` and ${methods.length - MOST_NAMED} more` : ''
  const subject = methods.length === 1 ? '1 @Cron method has' : `${methods.length} @Cron methods have`
  return `${subject} no monitor: ${named}${more}. Add @Monitor(id), or @Monitor(false) for a job that needs none.`
}
