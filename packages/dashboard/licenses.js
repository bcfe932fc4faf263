import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

// The page carries these with it, and each of them asks that its license goes along.
const BUNDLED = ['preact', '@preact/signals', '@preact/signals-core', 'uplot']

const own = createRequire(import.meta.url)
const ofSignals = createRequire(own.resolve('@preact/signals'))

const texts = BUNDLED.map((name) => {
  const folder = folderOf((name === '@preact/signals-core' ? ofSignals : own).resolve(name))
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  return `${name} ${version}\n\n${readFileSync(join(folder, 'LICENSE'), 'utf8').trim()}\n`
})
writeFileSync(new URL('dist/LICENSES.txt', import.meta.url), texts.join(`\n${'-'.repeat(78)}\n\n`))

/** The folder of the package that a file belongs to: the nearest one with a license. */
function folderOf(file) {
  let folder = dirname(file)
  while (!existsSync(join(folder, 'LICENSE'))) folder = dirname(folder)
  return folder
}
