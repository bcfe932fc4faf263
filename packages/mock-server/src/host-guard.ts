const NAMES = ['127.0.0.1', 'localhost', '[::1]']
const DEFAULT_HTTP_PORT = 80

/**
 * True where there is exactly one Host header and it names this machine and this port.
 *
 * @param rawHeaders  Names and values in turn, as they came: a parsed map would hide a second Host header.
 */
export function isAllowedHost(rawHeaders: readonly string[], port: number): boolean {
  const hosts = rawHeaders.filter(
    (_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === 'host',
  )
  const [host] = hosts
  return (
    hosts.length === 1 &&
    NAMES.some((name) => host === `${name}:${port}` || (port === DEFAULT_HTTP_PORT && host === name))
  )
}
