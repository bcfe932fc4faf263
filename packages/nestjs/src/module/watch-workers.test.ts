import { expect, it } from 'vitest'
import { MonitorWorker } from '../jobs/monitor-worker.ts'
import { watchWorkers } from './watch-workers.ts'

it('closes the workers that it watches, and those alone, before the client may be closed', async () => {
  const closed: string[] = []
  const worker = (name: string) => ({
    name,
    on: () => {},
    off: () => {},
    processJob: () => {},
    close: async () => void closed.push(name),
  })
  class Watched {
    readonly worker = worker('watched')
  }
  class Bare {
    readonly worker = worker('bare')
  }
  MonitorWorker({ monitors: {} })(Watched)

  const workers = watchWorkers(
    [new Watched(), new Bare()],
    { pingerFor: () => undefined, problem: () => undefined },
    () => {},
  )
  expect(closed).toEqual([])
  await workers.closed()

  expect(closed).toEqual(['watched'])
})
