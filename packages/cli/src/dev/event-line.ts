import type { MockEvent } from '@crontify/mock-server'
import type { Paint } from '../terminal/colors.ts'

const COLORS = { critical: 'red', warning: 'yellow', info: 'green' } as const
const KIND_WIDTH = 8

/** The line that is printed for an event; `undefined` if another line says the same. */
export function eventLine(event: MockEvent, paint: Paint): string | undefined {
  switch (event.type) {
    case 'ping': {
      const { at, kind, monitorId, meta = {}, errorMessage } = event.ping
      const numbers = Object.entries(meta).map(([key, value]) => `${key}=${value}`)
      const rest = [...numbers, ...(errorMessage === undefined ? [] : [`"${errorMessage}"`])]
      return line(at, 'ping', paint, 'grey', [monitorId, kind, ...rest].join(' '))
    }
    case 'alert': {
      const { at, type, severity, message, suppressed } = event.alert
      const note = suppressed === undefined ? '' : ' (recorded only)'
      return line(at, 'ALERT', paint, COLORS[severity], `${severity} ${type}: ${message}${note}`)
    }
    case 'notification': {
      const { at, channelId } = event.notification
      return line(at, 'sent', paint, 'grey', `to ${channelId}`)
    }
    case 'request': {
      const { at, method, path, statusCode, message = '', outcome } = event.request
      if (outcome === 'accepted') return undefined
      const status = statusCode === undefined ? outcome : `${outcome} with ${statusCode}`
      return line(at, 'request', paint, 'yellow', `${method} ${path} ${status} ${message}`.trimEnd())
    }
    case 'skipped': {
      const text = `${event.monitorId}: the previous run is still open, so this slot is not missed`
      return line(event.expectedAt, 'skipped', paint, 'grey', text)
    }
    case 'pauseEnded':
      return line(event.at, 'resumed', paint, 'grey', `${event.monitorId}: its pause is over`)
    case 'run':
    case 'act':
      return undefined
  }
}

function line(at: string, kind: string, paint: Paint, color: Parameters<Paint>[0], text: string): string {
  const oneLine = text.replaceAll(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ')
  return `${paint('grey', `${at.slice(0, 10)} ${at.slice(11, 19)}`)}  ${paint(color, kind.padEnd(KIND_WIDTH))}${oneLine}\n`
}
