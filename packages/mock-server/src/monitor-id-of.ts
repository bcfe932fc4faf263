import type { MockEvent } from './mock-records.ts'

/** The monitor that an event is about; `undefined` for a request that reached none. */
export function monitorIdOf(event: MockEvent): string | undefined {
  switch (event.type) {
    case 'ping':
      return event.ping.monitorId
    case 'skipped':
    case 'pauseEnded':
      return event.monitorId
    case 'run':
      return event.run.monitorId
    case 'alert':
      return event.alert.monitorId
    case 'act':
      return event.act.monitorId
    case 'notification':
      return event.notification.monitorId
    case 'request':
      return event.request.monitorId
  }
}
