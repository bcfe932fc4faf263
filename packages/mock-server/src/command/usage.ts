/** What `--help` says. */
export const USAGE = `Usage: crontify-mock-server [options]

A local Crontify: takes pings, and tells which alerts follow. It listens on this machine only,
unless --host and --allow-host open it.

  --port NUMBER        TCP port, 0 for a free one (default 4747)
  --host ADDRESS       address to listen on (default 127.0.0.1); others need --allow-host
  --allow-host NAME    lets in what calls this server so, such as a container; may be repeated
  --monitors FILE      JSON: a list of monitors, or { "monitors": [...], "channels": [...] }
  --clock KIND         system (default), or virtual: moved through /__control/clock/advance
  --start-at INSTANT   where a virtual clock starts, ISO-8601
  --plan NAME          free, standard, pro or unlimited (default)
  --data-file FILE     keeps what happened between starts
  --api-key KEY        the key that is let in (default: a new one at each start)
  --deliver            really posts to Slack, Discord and webhook channels
  --extensions         honours Idempotency-Key, X-Client-Run-Id and X-Occurred-At
  --help               this text
`
