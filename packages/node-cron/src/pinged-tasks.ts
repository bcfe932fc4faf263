import { warn } from '@crontify/sdk/adapter'

/** Tasks whose pings come from their events. The function of such a task, wrapped as well, would ping a second time. */
const pinged = new WeakSet<object>()
const warnedOf = new WeakSet<object>()

/** False if the events of this task are pinged already. */
export function claimTask(task: object): boolean {
  if (pinged.has(task)) return false
  pinged.add(task)
  return true
}

/** Whether a run of this task is pinged by its events. Says once, for each task, that it is watched in two ways. */
export function isPingedByEvents(task: unknown): boolean {
  if (typeof task !== 'object' || task === null || !pinged.has(task)) return false
  if (!warnedOf.has(task)) {
    warnedOf.add(task)
    warn(
      'A task has both monitorTask and, around its function, monitorJob. The pings of monitorTask count, and monitorJob sends none; take one of them away',
    )
  }
  return true
}
