/** A manifest as it was read. */
export type Manifest = Readonly<Record<string, unknown>>

export function publishedFolders(): string[]
export function complete(folder: string): Manifest
export function manifestOf(folder: string): Manifest
