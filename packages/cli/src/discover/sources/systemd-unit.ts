/** One assignment of a unit file. */
export interface UnitLine {
  readonly section: string
  readonly key: string
  readonly value: string
  /** From 1. */
  readonly line: number
}

/**
 * The assignments of a systemd unit file, in their order. An INI library would lose repeated keys, which add up here, and an
 * empty value, which takes back what came before.
 */
export function readUnit(text: string): readonly UnitLine[] {
  const lines = text.split(/\r?\n/)
  const read: UnitLine[] = []
  let section = ''
  for (let index = 0; index < lines.length; index++) {
    const line = index + 1
    let text = lines[index] ?? ''
    if (/^\s*(?:[#;]|$)/.test(text)) continue
    while (text.endsWith('\\') && index + 1 < lines.length) {
      index++
      const next = lines[index] ?? ''
      text = /^\s*[#;]/.test(next) ? text : `${text.slice(0, -1)} ${next.trim()}`
    }
    const [, name] = /^\s*\[(.+)\]\s*$/.exec(text) ?? []
    if (name !== undefined) section = name
    const [, key, value = ''] = /^\s*([A-Za-z][\w-]*)\s*=\s*(.*?)\s*$/.exec(text) ?? []
    if (name === undefined && key !== undefined) read.push({ section, key, value, line })
  }
  return read
}

/** The values of a key that count: an empty assignment takes back the ones before it. */
export function valuesOf(unit: readonly UnitLine[], section: string, key: string): readonly UnitLine[] {
  const own = unit.filter((line) => line.section === section && line.key === key)
  return own.slice(own.findLastIndex(({ value }) => value === '') + 1)
}
