import type { ModulesContainer } from '@nestjs/core'
import { attempt } from '@crontify/sdk/adapter'
import type { MonitorRef } from '../jobs/monitor-ref.ts'
import { sharedState } from '../jobs/shared-state.ts'
import { monitorProvider } from './monitor-provider.ts'

/**
 * Provides the monitors of classes that are loaded while the application runs, such as those of `LazyModuleLoader`: Nest reads the
 * providers of a module once, at the start.
 *
 * @param registration  What the module of the monitors provides.
 * @returns a function that ends it.
 */
export function provideLateMonitors(container: ModulesContainer, registration: object): () => void {
  const { lateListeners } = sharedState()
  const provide = (token: string, ref: MonitorRef): void => {
    attempt(() => {
      const module = [...container.values()].find(({ providers }) =>
        [...providers.values()].some(({ instance }) => instance === registration),
      )
      if (module === undefined || module.providers.has(token)) return
      module.addProvider(monitorProvider(token, ref))
      module.exports.add(token)
    }, undefined)
  }
  lateListeners.add(provide)
  return () => void lateListeners.delete(provide)
}
