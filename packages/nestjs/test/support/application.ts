import 'reflect-metadata'
import { createMockServer, type MockServer } from '@crontify/mock-server'
import type { INestApplicationContext, ModuleMetadata } from '@nestjs/common'
import { Test } from '@nestjs/testing'
import { onTestFinished } from 'vitest'
import type { CrontifyModuleOptions } from '../../src/index.ts'

/** A local Crontify, and the options of the module that reports to it. */
export interface Service {
  readonly server: MockServer
  readonly options: CrontifyModuleOptions
  /** What was said. */
  readonly warnings: readonly string[]
}

export async function openService(...ids: string[]): Promise<Service> {
  const server = await createMockServer({ monitors: ids.map((id) => ({ id })), rateLimitPerMinute: Infinity })
  onTestFinished(() => server.close())
  const warnings: string[] = []
  const logger = { warn: (message: string) => void warnings.push(message) }
  return { server, warnings, options: { apiKey: server.apiKey, baseUrl: server.url, logger } }
}

/** An application of real Nest that has been started; closed at the end of the test. Its own log lines are dropped. */
export async function start(metadata: ModuleMetadata): Promise<INestApplicationContext> {
  const app = await Test.createTestingModule(metadata)
    .setLogger(false as never)
    .compile()
  await app.init()
  onTestFinished(() => app.close())
  return app
}
