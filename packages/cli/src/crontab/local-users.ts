import { readFileSync } from 'node:fs'

/** Names of the users of this machine, as far as /etc/passwd lists them. */
export function localUsers(): ReadonlySet<string> {
  try {
    return new Set(
      readFileSync('/etc/passwd', 'utf8')
        .split('\n')
        .flatMap((line) => /^([^:#]+):/.exec(line)?.slice(1, 2) ?? []),
    )
  } catch {
    return new Set()
  }
}
