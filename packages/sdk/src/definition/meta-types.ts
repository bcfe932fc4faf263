import type { Meta } from '@crontify/protocol'

/** Metadata of a monitor whose fields are known: numbers, some of them perhaps not always there. */
export type MetaShape = { readonly [field: string]: number | undefined }

/** Metadata of a monitor of which no fields are known. */
export type AnyMeta = Meta

/** True for metadata of which no fields are known. */
type IsOpen<Fields> = string extends keyof Fields ? true : false

/** All metadata of a run. `duration_ms` may always be there. */
export type WholeMeta<Fields extends MetaShape> =
  IsOpen<Fields> extends true ? AnyMeta : Fields & { readonly duration_ms?: number }

/** Some of a run's metadata. */
export type SomeMeta<Fields extends MetaShape> =
  IsOpen<Fields> extends true ? AnyMeta : { readonly [Field in keyof WholeMeta<Fields>]?: number }

/** A metadata field of the monitor. */
export type MetaField<Fields extends MetaShape> = keyof WholeMeta<Fields> & string

/** Metadata that a function returns, where a field that the monitor does not have is a mistake. */
export type ExactMeta<Given, Fields extends MetaShape> =
  IsOpen<Fields> extends true
    ? unknown
    : { readonly [Field in Exclude<keyof Given, keyof WholeMeta<Fields>>]: never }
