/** Calls a callback of the user's, which costs only what it was asked for if it throws. */
export function attempt<Value>(callback: () => Value, otherwise: Value): Value {
  try {
    return callback()
  } catch {
    return otherwise
  }
}
