// Gives each guide of the site the title that it has in its own text, and each export a link to its source.
import { readFileSync } from 'node:fs'
import { ReflectionKind } from 'typedoc'

const HEADING = /^# (.+)$/m
const { homepage } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))

/** @param {import('typedoc').Application} app */
export function load(app) {
  app.on('reviveProject', (project) => {
    for (const guide of project.getReflectionsByKind(ReflectionKind.Document)) {
      const [first] = guide.content
      const title = first?.kind === 'text' ? HEADING.exec(first.text)?.[1] : undefined
      if (title !== undefined) guide.name = title.replaceAll('`', '')
    }
    for (const { sources = [] } of Object.values(project.reflections)) {
      for (const source of sources) source.url = `${homepage}/blob/main/${source.fileName}#L${source.line}`
    }
  })
}
