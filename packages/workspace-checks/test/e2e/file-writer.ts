import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Gives a function that writes a file below a folder, makes the folders on the way, and returns the path. */
export function fileWriter(folder: string): (name: string, text: string) => string {
  return (name, text) => {
    const path = join(folder, name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
    return path
  }
}
