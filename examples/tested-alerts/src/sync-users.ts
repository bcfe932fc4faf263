import type { CrontifyMonitor } from '@crontify/sdk'

export interface User {
  readonly id: string
  readonly name: string
}

/** Takes the users of a feed into a store. */
export async function syncUsers(
  monitor: CrontifyMonitor,
  readFeed: () => Promise<readonly User[]>,
  store: Map<string, User>,
): Promise<void> {
  await monitor.wrap(
    async () => {
      const users = await readFeed()
      for (const user of users) store.set(user.id, user)
      return users.length
    },
    { meta: (count) => ({ records_processed: count }) },
  )
}
