/** The service of the benchmark, as an address of Sentry's. */
export function sentryDsn(): string {
  const { host } = new URL(process.env['CRONTIFY_BASE_URL'] ?? 'http://127.0.0.1:9')
  return `http://benchmark@${host}/1`
}
