import { isPromise } from '../../host.ts'
import { isThenable } from '../../is-thenable.ts'

/** What the job gives or throws, seen by the callbacks first; a promise as one that follows the job's. */
export function handOn(
  callJob: () => unknown,
  onResult: (result: never) => unknown,
  onError: (error: unknown) => unknown = () => {},
): unknown {
  const succeeded = (result: unknown): unknown => {
    onResult(result as never)
    return result
  }
  const failed = (error: unknown): never => {
    onError(error)
    throw error
  }
  let result: unknown
  try {
    result = callJob()
  } catch (error) {
    return failed(error)
  }
  if (isPromise(result)) return result.then(succeeded, failed)
  // A foreign thenable may return nothing from its `then`, so a promise of ours stands between.
  return isThenable(result) ? Promise.resolve(result).then(succeeded, failed) : succeeded(result)
}
