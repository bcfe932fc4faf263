import { failureOf, responseOf, type Ending, type Failure } from './judge.ts'
import { lookAtBody, watchStream } from './watch-body.ts'

/** A call under way: what its caller gets, and when its run is over. */
export interface FollowedCall {
  /** The handler's own ending; a response that still streams is one with the same status and headers, whose stream is watched. */
  readonly answer: Promise<Answer>
  /** The run: resolves to what the handler returned, or rejects with why it failed. A stream is part of it. */
  readonly over: Promise<unknown>
}

/** What the caller of a handler gets. */
export interface Answer {
  readonly ending: Ending
  /** Whether the response goes on: then the run does too. */
  readonly isStreaming: boolean
}

/** How a call is followed. */
export interface FollowOptions {
  readonly failOn: (status: number) => boolean
  /** A HEAD has no body that anyone would read. */
  readonly hasBody: boolean
  readonly nextTurn: () => Promise<void>
  /** Resolves when the pings of the run have been sent. The end of a stream waits for it. */
  readonly pingsSent: () => Promise<unknown>
}

/** Calls a handler and follows the call to the end of its response. Nothing here throws; of the promises only `over` rejects. */
export function followCall(call: () => unknown, options: FollowOptions): FollowedCall {
  let answered!: (answer: Answer) => void
  const answer = new Promise<Answer>((resolve) => (answered = resolve))
  const follow = async (): Promise<unknown> => {
    const ending = await settle(call)
    const { answer, failure, streamEnd } = await seen(ending, options)
    answered({ ending: answer, isStreaming: streamEnd !== undefined })
    const failed = failure ?? (await streamEnd)
    if (failed !== undefined) throw failed.thrown
    return ending.type === 'returned' ? ending.value : undefined
  }
  return { answer, over: follow() }
}

async function settle(call: () => unknown): Promise<Ending> {
  try {
    return { type: 'returned', value: await call() }
  } catch (thrown) {
    return { type: 'threw', thrown }
  }
}

/** What is known when the response can be handed on. */
interface Seen {
  readonly answer: Ending
  readonly failure: Failure | undefined
  readonly streamEnd?: Promise<Failure | undefined>
}

async function seen(ending: Ending, { failOn, hasBody, nextTurn, pingsSent }: FollowOptions): Promise<Seen> {
  const response = responseOf(ending)
  if (response === undefined || !hasBody || response.body === null) {
    return { answer: ending, failure: failureOf(ending, failOn) }
  }
  const look = await lookAtBody(response, nextTurn)
  if (look.type === 'broken') return { answer: ending, failure: look.failure }
  const failure = failureOf(ending, failOn, look.text)
  // A failed run ends here: what follows in the stream changes nothing about it.
  if (look.type === 'ended' || failure !== undefined) return { answer: ending, failure }
  return watched(ending, response, pingsSent)
}

/** The same response with a stream that is watched. */
function watched(ending: Ending, response: Response, pingsSent: () => Promise<unknown>): Seen {
  const { status, statusText, headers } = response
  let ended!: (failure: Failure | undefined) => void
  const streamEnd = new Promise<Failure | undefined>((resolve) => (ended = resolve))
  const stream = watchStream(response.body as ReadableStream<Uint8Array>, (failure) => {
    ended(failure)
    return pingsSent()
  })
  const answer = new Response(stream, { status, statusText, headers })
  const { type } = ending
  return {
    answer: type === 'returned' ? { type, value: answer } : { type, thrown: answer },
    failure: undefined,
    streamEnd,
  }
}
