import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import ts from 'typescript'
import { expect, it } from 'vitest'

const PACKAGES = resolve(import.meta.dirname, '../..')

/** Which of our packages the source of each package may import. A new arrow is a design decision: record it. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  protocol: [],
  'alert-engine': ['protocol'],
  sdk: ['protocol'],
  'node-cron': ['sdk'],
  express: ['sdk'],
  fastify: ['sdk'],
  web: ['sdk'],
  'aws-lambda': ['sdk'],
  nestjs: ['bullmq', 'protocol', 'sdk'],
  opentelemetry: ['sdk'],
  bullmq: ['protocol', 'sdk'],
  agenda: ['protocol', 'sdk'],
  'pg-boss': ['sdk'],
  'graphile-worker': ['sdk'],
  'adapter-conformance': ['mock-server', 'sdk'],
  'mock-server': ['alert-engine', 'protocol'],
  cli: ['mock-server', 'protocol', 'sdk'],
  dashboard: ['mock-server', 'protocol'],
  benchmarks: ['alert-engine', 'mock-server', 'opentelemetry', 'sdk'],
  'workspace-checks': [],
}

/** What tests may import besides: never does an oracle share code with the one it judges. */
const ALLOWED_IN_TESTS: Readonly<Record<string, readonly string[]>> = {
  protocol: [],
  'alert-engine': [],
  sdk: ['alert-engine', 'mock-server'],
  'node-cron': ['adapter-conformance', 'mock-server'],
  express: ['adapter-conformance', 'mock-server'],
  fastify: ['adapter-conformance', 'mock-server'],
  web: ['adapter-conformance', 'mock-server'],
  'aws-lambda': ['adapter-conformance', 'mock-server'],
  nestjs: ['adapter-conformance', 'mock-server'],
  opentelemetry: ['adapter-conformance', 'bullmq', 'mock-server'],
  bullmq: ['adapter-conformance', 'mock-server'],
  agenda: ['adapter-conformance', 'mock-server'],
  'pg-boss': ['adapter-conformance', 'mock-server'],
  'graphile-worker': ['adapter-conformance', 'mock-server'],
  'adapter-conformance': [],
  'mock-server': [],
  cli: [],
  dashboard: [],
  benchmarks: [],
  'workspace-checks': [
    'protocol',
    'alert-engine',
    'sdk',
    'mock-server',
    'node-cron',
    'express',
    'fastify',
    'web',
    'aws-lambda',
    'nestjs',
    'opentelemetry',
    'agenda',
    'pg-boss',
    'graphile-worker',
    'bullmq',
    'adapter-conformance',
    'cli',
  ],
}

interface Import {
  readonly file: string
  readonly specifier: string
}

function importsOf(name: string, isWanted: (file: string) => boolean): Import[] {
  return ['src', 'test']
    .flatMap((folder) => ts.sys.readDirectory(join(PACKAGES, name, folder), ['.ts', '.tsx'], ['**/blocks']))
    .filter((file) => isWanted(relative(join(PACKAGES, name), file)))
    .flatMap((file) =>
      ts
        .preProcessFile(readFileSync(file, 'utf8'))
        .importedFiles.map(({ fileName }) => ({ file: relative(PACKAGES, file), specifier: fileName })),
    )
}

const isTest = (file: string): boolean => /\.test(-d)?\.ts$/.test(file) || /^test[/\\]/.test(file)

function ours(imports: readonly Import[], self: string): string[] {
  const names = imports
    .map(({ specifier }) => /^@crontify\/([^/]+)/.exec(specifier)?.[1])
    .filter((name) => name !== undefined && name !== self)
  return [...new Set(names as string[])].sort()
}

it('knows every package', () => {
  expect(readdirSync(PACKAGES).sort()).toEqual(Object.keys(ALLOWED).sort())
})

it.each(Object.keys(ALLOWED))('lets the source of %s import only what it may', (name) => {
  const imported = ours(
    importsOf(name, (file) => !isTest(file)),
    name,
  )

  expect(imported.filter((other) => !ALLOWED[name]?.includes(other))).toEqual([])
})

it.each(Object.keys(ALLOWED))('lets the tests of %s import only what they may', (name) => {
  const imported = ours(importsOf(name, isTest), name)
  const allowed = [...(ALLOWED[name] ?? []), ...(ALLOWED_IN_TESTS[name] ?? [])]

  expect(imported.filter((other) => !allowed.includes(other))).toEqual([])
})

it('lets no file reach into another package by path', () => {
  const escapes = Object.keys(ALLOWED).flatMap((name) =>
    importsOf(name, () => true).filter(({ file, specifier }) => {
      if (!specifier.startsWith('.')) return false
      const target = relative(join(PACKAGES, name), resolve(PACKAGES, file, '..', specifier))
      return target.startsWith('..')
    }),
  )

  expect(escapes).toEqual([])
})

it('declares every dependency that the source imports', () => {
  const missing = Object.keys(ALLOWED).flatMap((name) => {
    const declared = manifestOf(name)
    return (
      importsOf(name, () => true)
        .map(({ specifier }) => specifier)
        .filter((specifier) => !/^(\.|node:|vitest)/.test(specifier) && specifier !== `@crontify/${name}`)
        .map((specifier) =>
          specifier
            .split('/')
            .slice(0, specifier.startsWith('@') ? 2 : 1)
            .join('/'),
        )
        // Of some modules only types are used.
        .filter(
          (dependency) =>
            dependency !== `@crontify/${name}` &&
            !declared.includes(dependency) &&
            !declared.includes(`@types/${dependency}`),
        )
        .map((dependency) => `${name}: ${dependency}`)
    )
  })

  expect([...new Set(missing)]).toEqual([])
})

function manifestOf(name: string): string[] {
  const manifest = JSON.parse(readFileSync(join(PACKAGES, name, 'package.json'), 'utf8')) as Record<
    string,
    object
  >
  return ['dependencies', 'devDependencies', 'peerDependencies'].flatMap((kind) =>
    Object.keys(manifest[kind] ?? {}),
  )
}
