import createCronitor from 'cronitor'

/** A client of cronitor that pings the service of the benchmark; its address is no option, but a field. */
export function cronitorClient(): ReturnType<typeof createCronitor> {
  const cronitor = createCronitor('benchmark')
  cronitor._api.pingUrl = (key) => `${process.env['CRONTIFY_BASE_URL'] ?? ''}/ping/benchmark/${key}`
  return cronitor
}
