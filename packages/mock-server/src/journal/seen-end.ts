import type { ListedFault } from '../faults/fault.ts'
import type { Verdict } from '../http/verdict.ts'
import type { SeenEnd } from './journal-list.ts'

/** What the journal keeps of a verdict and of the fault that befell its answer. */
export function seenEnd(verdict: Verdict | undefined, fault: ListedFault | undefined): SeenEnd {
  const statusCode = seenStatus(verdict, fault)
  return {
    ...(statusCode === undefined ? {} : { statusCode }),
    ...(verdict?.refusal === undefined ? {} : { refusal: verdict.refusal }),
    ...(verdict?.ping === undefined ? {} : { ping: verdict.ping }),
    ...(fault === undefined ? {} : { fault }),
  }
}

/** The status that reaches the client; `undefined` where none does. */
function seenStatus(verdict: Verdict | undefined, fault: ListedFault | undefined): number | undefined {
  switch (fault?.type) {
    case undefined:
    case 'latency':
      return verdict?.answer.statusCode
    case 'status':
      return fault.status
    case 'html':
      return fault.status ?? 200
    case 'brokenJson':
    case 'halfAnswer':
    case 'endlessBody':
      return 200
    case 'silence':
    case 'reset':
    case 'garbage':
      return undefined
  }
}
