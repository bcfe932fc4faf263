export { undiciTransport } from './http/undici-transport.ts'
export type { UndiciDispatcher } from './http/undici-transport.ts'
export type { PingTransport } from './http/route.ts'
