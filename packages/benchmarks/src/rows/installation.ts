import { createRequire } from 'node:module'
import { rm, stat } from 'node:fs/promises'
import { installSize, packSdk } from '../harness/install-size.ts'
import { rounded } from '../harness/statistics.ts'
import type { Row } from '../harness/row.ts'

const PEERS = ['cronitor', '@sentry/node', '@honeybadger-io/js'] as const

const { dependencies } = createRequire(import.meta.url)('../package.json') as {
  dependencies: Readonly<Record<string, string>>
}

export const INSTALLATION: readonly Row[] = [
  {
    id: 'install',
    what: 'packages and kB that an install puts on the disk, from npm',
    goal: '1 package, ≤ 500 kB, ≤ 120 kB packed',
    isLong: true,
    measure: async () => {
      const { folder, file } = await packSdk()
      try {
        const packedKb = (await stat(file)).size / 1_000
        const numbers: Record<string, number> = { packedKb }
        const told: string[] = []
        for (const [name, specifier] of [
          ['ours', file] as const,
          ...PEERS.map((peer) => [peer, `${peer}@${dependencies[peer] ?? 'latest'}`] as const),
        ]) {
          const { packages, bytes } = await installSize(specifier)
          numbers[`${name} packages`] = packages
          numbers[`${name} kB`] = bytes / 1_000
          told.push(`${name} ${packages} with ${rounded(bytes / 1_000)} kB`)
        }
        const isMet = numbers['ours packages'] === 1 && (numbers['ours kB'] ?? NaN) <= 500 && packedKb <= 120
        return { value: `${told.join(', ')}; ours packed ${rounded(packedKb)} kB`, met: isMet, numbers }
      } finally {
        await rm(folder, { recursive: true, force: true })
      }
    },
  },
]
