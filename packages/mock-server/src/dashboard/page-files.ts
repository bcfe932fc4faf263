import { readFileSync } from 'node:fs'

/** A file of the page, as it is sent. */
export interface PageFile {
  readonly type: string
  readonly text: string
}

const TYPES = { 'app.js': 'text/javascript; charset=utf-8', 'app.css': 'text/css; charset=utf-8' } as const

/** Names of the files that the page consists of, beside itself. */
export type PageFileName = keyof typeof TYPES

export function isPageFileName(name: string): name is PageFileName {
  return Object.hasOwn(TYPES, name)
}

/** Beside the built server, or where the build puts it when the server runs from its source. */
const PLACES = ['./dashboard/', '../dist/dashboard/']

/** Reads a file of the page; `undefined` where the page was not built. */
export function readPageFile(name: PageFileName, serverUrl: string): PageFile | undefined {
  for (const place of PLACES) {
    try {
      return { type: TYPES[name], text: readFileSync(new URL(`${place}${name}`, serverUrl), 'utf8') }
    } catch {
      // Somewhere else, then.
    }
  }
  return undefined
}
