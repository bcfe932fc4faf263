import type { DeliveryEvent } from '@crontify/sdk'
import type { Diagnosis } from '../diagnosis.ts'

/** What became of the one ping that was really sent. */
export function judgePing(monitorId: string, last: DeliveryEvent | undefined): Diagnosis {
  const about = 'ping'
  if (last?.type === 'delivered') {
    return {
      about,
      level: 'ok',
      says: `"${monitorId}" took a success ping: it counts as a run that went well`,
    }
  }
  const error = last !== undefined && 'error' in last ? last.error : undefined
  const statusCode = error !== undefined && 'statusCode' in error ? Number(error.statusCode) : undefined
  return {
    about,
    level: 'problem',
    says: error?.message ?? 'no answer came in time',
    fix: fixFor(statusCode, monitorId),
  }
}

function fixFor(statusCode: number | undefined, monitorId: string): string {
  switch (statusCode) {
    case 401:
    case 403:
      return 'the key is revoked, or of another environment: make a new one in the dashboard'
    case 404:
      return `copy the id from the page of the monitor; "${monitorId}" is not known to this key`
    case 429:
      return 'more than 120 pings a minute come with this key: give each environment a key of its own'
    default:
      return 'what is said above about the network comes first; else try again later'
  }
}
