import { startRedis } from '@crontify/adapter-conformance/servers'

const server = await startRedis()
console.log(server.port)
setInterval(() => {}, 60_000)
