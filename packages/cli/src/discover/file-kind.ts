/** What a file can define, by its path. */
export type FileKind = 'crontab' | 'timer' | 'workflow' | 'manifest' | 'vercel' | 'wrangler'

const KINDS: readonly (readonly [FileKind, RegExp])[] = [
  // Debian's cron runs no file of cron.d with another character in its name.
  ['crontab', /(?:^|\/)cron\.d\/[A-Za-z0-9_-]+$/],
  ['crontab', /(?:^|\/)var\/spool\/cron\/(?:(?:crontabs|tabs)\/)?[^/.~]+$/],
  ['crontab', /(?:^|\/)(?:crontab|crontab\.txt|[\w-]+\.(?:cron|crontab))$/],
  ['timer', /\.timer$/],
  ['workflow', /(?:^|\/)\.github\/workflows\/[^/]+\.ya?ml$/],
  ['vercel', /(?:^|\/)vercel\.json$/],
  ['wrangler', /(?:^|\/)wrangler\.(?:toml|jsonc?)$/],
  ['manifest', /\.ya?ml$/],
]
/** Programs named crontab, and the marks of packages. */
const NONE = /(?:^|\/)(?:s?bin\/|\.placeholder$)/

/** Which kind of file a path is; `undefined` for all that defines no jobs. */
export function fileKind(path: string): FileKind | undefined {
  return NONE.test(path) ? undefined : KINDS.find(([, pattern]) => pattern.test(path))?.[0]
}

/** Folders of a machine in which jobs are defined. */
export const SYSTEM_PLACES: readonly string[] = [
  '/etc/crontab',
  '/etc/cron.d',
  '/var/spool/cron',
  '/etc/systemd/system',
  '/run/systemd/system',
  '/usr/local/lib/systemd/system',
  '/usr/lib/systemd/system',
  '/lib/systemd/system',
]
