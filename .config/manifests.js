// What the manifests of all published packages have in common comes from the one at the root: `pnpm run manifests` writes it.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { format, resolveConfig } from 'prettier'

const ROOT = resolve(import.meta.dirname, '..')

/** Words by which each package is found, before its own. */
const KEYWORDS = ['crontify', 'cron', 'monitoring', 'job', 'scheduler', 'alerting']
/** The names of its library, and what else only this package is about. */
const OWN_KEYWORDS = {
  'adapter-conformance': ['adapter', 'testing', 'vitest'],
  agenda: ['agenda', 'queue'],
  'alert-engine': ['virtual-clock', 'testing'],
  'aws-lambda': ['aws', 'lambda', 'serverless', 'eventbridge'],
  bullmq: ['bullmq', 'queue', 'redis'],
  cli: ['cli', 'crontab', 'systemd', 'kubernetes'],
  express: ['express', 'webhook'],
  fastify: ['fastify', 'webhook'],
  'graphile-worker': ['graphile-worker', 'queue', 'postgres'],
  'mock-server': ['mock', 'testing', 'dashboard'],
  nestjs: ['nestjs', 'nest', 'decorator'],
  'node-cron': ['node-cron'],
  opentelemetry: ['opentelemetry', 'tracing', 'metrics'],
  'pg-boss': ['pg-boss', 'queue', 'postgres'],
  protocol: ['schema'],
  sdk: ['heartbeat', 'healthcheck', 'dead-mans-switch'],
  web: ['next.js', 'hono', 'cloudflare-workers', 'serverless'],
}

/**
 * The other packages of the same release, or newer ones, as long as nothing may break. The upper end of `^0.1.0` would make each minor
 * release a major one of every package that has it.
 */
export function peerRange(version) {
  const [major = '0', minor = '0'] = version.split('.')
  return `>=${major}.${minor}.0 <${Number(major) + 1}`
}

/** Folders of the packages that are published. */
export function publishedFolders() {
  const folders = readdirSync(join(ROOT, 'packages'))
  return folders.filter((folder) => manifestOf(join('packages', folder)).private !== true)
}

/** The manifest as it should be, with the order of its fields kept where they are there. */
export function complete(folder) {
  const root = manifestOf('.')
  const { name, version, description, license, ...rest } = manifestOf(join('packages', folder))
  const own = OWN_KEYWORDS[folder]
  if (own === undefined) throw new Error(`.config/manifests.js has no keywords for packages/${folder}`)
  const shared = {
    keywords: [...KEYWORDS, ...own],
    homepage: `${root.homepage}/tree/main/packages/${folder}#readme`,
    bugs: root.bugs,
    repository: { ...root.repository, directory: `packages/${folder}` },
    author: root.author,
    license,
  }
  const others = Object.entries(rest).filter(([field]) => !(field in shared))
  const peers = Object.entries(rest.peerDependencies ?? {}).map(([peer, range]) => [
    peer,
    peer.startsWith('@crontify/') ? peerRange(version) : range,
  ])
  return {
    ...{ name, version, description, ...shared, ...Object.fromEntries(others) },
    ...(peers.length > 0 && { peerDependencies: Object.fromEntries(peers) }),
  }
}

export function manifestOf(folder) {
  return JSON.parse(readFileSync(join(ROOT, folder, 'package.json'), 'utf8'))
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const folder of publishedFolders()) {
    const file = join(ROOT, 'packages', folder, 'package.json')
    const options = { ...(await resolveConfig(file)), filepath: file }
    writeFileSync(file, await format(JSON.stringify(complete(folder)), options))
  }
}
