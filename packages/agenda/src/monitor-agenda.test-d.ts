import { CrontifyMonitor, defineMonitor } from '@crontify/sdk'
import type { Agenda, Job } from 'agenda'
import { expectTypeOf, test } from 'vitest'
import { monitorAgenda, scheduleOf, setMeta, type AgendaNotice } from './index.ts'

declare const agenda: Agenda
declare const job: Job<{ readonly month: string }>
const monitor = new CrontifyMonitor({ apiKey: 'ck_live_example', monitorId: 'nightly-report' })

test('takes the real Agenda, and gives back what detaches', () => {
  const detach = monitorAgenda(agenda, {
    monitors: ({ attrs }) => (attrs.name === 'nightly-report' ? monitor : undefined),
    onNotice: (notice) => expectTypeOf(notice).toEqualTypeOf<AgendaNotice>(),
  })
  expectTypeOf(detach).toEqualTypeOf<() => void>()
})

test('takes the real job, and numbers only', () => {
  setMeta(job, { rows: 120 })
  // @ts-expect-error metadata are numbers
  setMeta(job, { rows: 'many' })
})

test('what is no Agenda does not compile', () => {
  // @ts-expect-error a job is no Agenda
  const refused = (): unknown => monitorAgenda(job, { monitors: {} })
  expectTypeOf(refused).toBeFunction()
})

test('the schedule of a real job becomes a part of a definition', async () => {
  defineMonitor({ id: 'nightly-report', ...scheduleOf(await agenda.every('0 2 * * *', 'nightly-report')) })
})
