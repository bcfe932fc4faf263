import { API_PREFIX, cutText, PING_KINDS } from '@crontify/protocol'
import { type Context, Hono } from 'hono'
import type { FaultList } from '../faults/fault-list.ts'
import type { ListedFault } from '../faults/fault.ts'
import { BrokenConnection, type SpoilDependencies, delayed, spoiled } from '../faults/spoil.ts'
import type { SeenRequest } from '../journal/journal-list.ts'
import { type JudgeDependencies, judgeLog, judgePing } from './judge-ping.ts'
import { type WayIn, reply } from './reply.ts'
import { type Verdict, refused } from './verdict.ts'

const MAX_RECORDED_LENGTH = 200

/** What the API needs behind it. */
export interface PublicApiDependencies extends JudgeDependencies, SpoilDependencies {
  readonly faults: Pick<FaultList, 'next'>
  /** Called once for each request, when it is known what becomes of it. */
  readonly record: (request: SeenRequest, verdict: Verdict | undefined, fault?: ListedFault) => void
}

/** The public API as one fetch function, for any way in: a TCP listener, a request mock, a direct call. */
export function createPublicApi(dependencies: PublicApiDependencies): Hono<WayIn> {
  const app = new Hono<WayIn>()
  app.all(`${API_PREFIX}/ping/:monitorId/:kind`, (context) => {
    const monitorId = context.req.param('monitorId')
    const kind = PING_KINDS.find((known) => known === context.req.param('kind'))
    if (kind === undefined) return answer(context, {}, unknownPath, dependencies)
    const judge = (): Promise<Verdict> => judgePing(context.req, { monitorId, kind }, dependencies)
    return answer(context, { monitorId, kind }, judge, dependencies)
  })
  app.all(`${API_PREFIX}/monitors/:monitorId/runs/:runId/log`, (context) => {
    const { monitorId, runId } = context.req.param()
    const judge = (): Verdict => judgeLog(context.req, { monitorId, runId }, dependencies)
    return answer(context, { monitorId }, judge, dependencies)
  })
  app.notFound((context) => answer(context, {}, unknownPath, dependencies))
  app.onError((error, context) => {
    if (error instanceof BrokenConnection) throw error.asFetchReportsIt
    const verdict = refused('serverError', 500, 'The mock server failed on this request')
    dependencies.record(seen(context, {}), verdict)
    return reply(context, verdict.answer)
  })
  return app
}

type Named = Pick<SeenRequest, 'monitorId' | 'kind'>

async function answer(
  context: Context<WayIn>,
  named: Named,
  judge: () => Verdict | Promise<Verdict>,
  dependencies: PublicApiDependencies,
): Promise<Response> {
  const { faults, record } = dependencies
  // Asked before the body is read, so that requests meet their faults in the order of their arrival.
  const fault = faults.next(named)
  if (fault === undefined || fault.type === 'latency') {
    const verdict = await judge()
    record(seen(context, named), verdict, fault)
    if (fault !== undefined) await delayed(fault, context, dependencies)
    return reply(context, verdict.answer)
  }
  const verdict = fault.taken === true ? await judge() : undefined
  record(seen(context, named), verdict, fault)
  return spoiled(fault, context, verdict?.answer, dependencies)
}

function seen(context: Context<WayIn>, named: Named): SeenRequest {
  return { method: context.req.method, path: context.req.path, ...named, ...undocumentedHeaders(context) }
}

/** Headers that the SDK sends and the service does not document: recorded, and ignored. */
const RECORDED_HEADERS = ['Idempotency-Key', 'X-Client-Run-Id', 'X-Occurred-At'] as const

function undocumentedHeaders(context: Context<WayIn>): Pick<SeenRequest, 'headers'> {
  const sent = RECORDED_HEADERS.flatMap((name) => {
    const value = context.req.header(name)
    return value === undefined ? [] : [[name, cutText(value, MAX_RECORDED_LENGTH)]]
  })
  return sent.length === 0 ? {} : { headers: Object.fromEntries(sent) as Record<string, string> }
}

function unknownPath(): Verdict {
  return refused(
    'unknownPath',
    404,
    `There is no such path: pings go to POST ${API_PREFIX}/ping/{monitorId}/start, …/success or …/fail`,
  )
}
