/** The whole of 127.0.0.0/8, and nothing that only begins like it. */
const LOOPBACK = /^(?:localhost|::1|\[::1\]|127(?:\.\d{1,3}){3})$/i

/** True for a host name or address that only this machine can reach, as it stands in a URL or in a listen address. */
export function isLoopbackHost(host: string): boolean {
  return LOOPBACK.test(host)
}
