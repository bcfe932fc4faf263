import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { systemClock } from '../src/system-clock.ts'
import { createNodeTransport } from '../src/http/node-transport.ts'
import { createExchanges } from './support/exchange.ts'
import * as faults from './support/faults.ts'
import { runProgram, temporaryFolder } from './support/run-program.ts'
import { selfSignedCertificate, type CertificateFacts } from './support/self-signed-certificate.ts'

const exchanges = createExchanges(() => createNodeTransport(systemClock))
afterEach(exchanges.close)

const PROGRAM = `
  import { CrontifyMonitor } from '../src/index.ts'
  const apiKey = 'ck_live_SENTINEL0123456789abcdef'
  const clients = [1, 2].map((number) => new CrontifyMonitor({ apiKey, monitorId: 'job-' + number }))
  void clients[0].fail('disk is full').then((receipt) => console.log(JSON.stringify(receipt)))
`

/** A program that sends one ping to a server with such a certificate, and trusts whoever signed it. */
async function pingWith(facts: CertificateFacts, env: Readonly<Record<string, string>> = {}) {
  const certificate = selfSignedCertificate(facts)
  const server = await exchanges.start(faults.answer(), certificate)
  const authority = join(await temporaryFolder(), 'authority.pem')
  await writeFile(authority, certificate.cert)
  const ending = await runProgram(PROGRAM, {
    env: { CRONTIFY_BASE_URL: server.origin, NODE_EXTRA_CA_CERTS: authority, ...env },
  })
  return { server, ending }
}

it.each<[string, string, CertificateFacts]>([
  ['has expired', 'CERT_HAS_EXPIRED', { notAfter: '210101000000Z' }],
  ['is not valid yet', 'CERT_NOT_YET_VALID', { notBefore: '480101000000Z' }],
  ['is for another host', 'ERR_TLS_CERT_ALTNAME_INVALID', { isForLoopback: false }],
])(
  'sends nothing to a server whose certificate %s, and gives up after two tries',
  async (_name, code, facts) => {
    const { server, ending } = await pingWith(facts)

    expect(server.requests).toEqual([])
    expect(server.connections).toHaveLength(2)
    expect(ending).toMatchObject({ code: 0, stdout: 'null\n' })
    expect(ending.stderr).toContain(code)
    expect(ending.stderr.match(/\[crontify\]/g)).toHaveLength(1)
    expect(ending.stderr).not.toMatch(/REJECT_UNAUTHORIZED|SENTINEL/)
  },
)

it('works where the user has switched verification off, and says once what that means', async () => {
  const { server, ending } = await pingWith(
    { isForLoopback: false },
    { NODE_TLS_REJECT_UNAUTHORIZED: '0', NODE_NO_WARNINGS: '1' },
  )

  expect(server.requests).toHaveLength(1)
  expect(ending.stderr.match(/can read the API key.*NODE_EXTRA_CA_CERTS/g)).toHaveLength(1)
})
