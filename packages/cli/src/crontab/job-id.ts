import { basename } from 'node:path'

/** Programs that run another one, which says more about the job. */
const CARRIERS: ReadonlySet<string> = new Set(
  'env nice ionice nohup sudo timeout flock chronic sh bash zsh dash ash python python2 python3 node php perl ruby java'.split(
    ' ',
  ),
)
const LONGEST = 60

/** An id that the command suggests: `nightly-backup` for `/usr/local/bin/nightly_backup.sh --all`. */
export function jobId(command: string): string {
  const steps = command.split(/&&|\|\||[;|]/).map((step) => step.trim().split(/\s+/))
  const step =
    steps.find(([first = '']) => !/^(?:cd|\.|source|set|umask|export|test|\[)$/.test(first)) ?? steps[0] ?? []
  const args = step.filter((word) => !/^(?:\w+=|-|\d+[smhd]?$|[<>]|\d?>)/.test(word))
  const named = args.find((word) => !CARRIERS.has(basename(word))) ?? args[0] ?? 'job'
  const id = basename(named.replaceAll(/["'`$(){}]/g, ''))
    .replace(/\.[A-Za-z]{1,4}$/, '')
    .replaceAll(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-+/, '')
    .slice(0, LONGEST)
    .replace(/-+$/, '')
    .toLowerCase()
  return id === '' ? 'job' : id
}

/** The id, with a number where it was given before. */
export function uniqueId(wanted: string, given: ReadonlySet<string>): string {
  for (let number = 1; ; number++) {
    const id = number === 1 ? wanted : `${wanted}-${number}`
    if (!given.has(id)) return id
  }
}
