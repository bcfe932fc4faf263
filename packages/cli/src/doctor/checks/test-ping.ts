import type { DeliveryEvent } from '@crontify/sdk'
import type { Diagnosis } from '../diagnosis.ts'

/** What became of the one ping that was really sent. */
export function judgePing(monitorId: string, last: DeliveryEvent | undefined): Diagnosis {
  const about = 'ping'
  if (last?.type === 'delivered') {
    return {
      about,
      level: 'ok',
      says: `"${monitorId}" accepted a success ping, which counts as a run`,
    }
  }
  const error = last !== undefined && 'error' in last ? last.error : undefined
  const statusCode = error !== undefined && 'statusCode' in error ? Number(error.statusCode) : undefined
  return {
    about,
    level: 'problem',
    says: error?.message ?? 'no answer in time',
    fix: fixFor(statusCode, monitorId),
  }
}

function fixFor(statusCode: number | undefined, monitorId: string): string {
  switch (statusCode) {
    case 401:
    case 403:
      return 'the key is revoked or belongs to another environment: create one in the dashboard'
    case 404:
      return `copy the id from the monitor's page; this key has no monitor "${monitorId}"`
    case 429:
      return 'this key sends more than 120 pings a minute: use one key for each environment'
    default:
      return 'fix the network problems above, or try again later'
  }
}
