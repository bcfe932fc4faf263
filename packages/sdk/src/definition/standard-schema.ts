import type { MetaShape } from './meta-types.ts'

/**
 * What every schema library of the Standard Schema (https://standardschema.dev, version 1) has: zod, valibot, arktype.
 *
 * Written down here, because the specification asks libraries to copy it instead of depending on it.
 */
export interface StandardSchema<Input = unknown> {
  readonly '~standard': {
    readonly version: 1
    readonly vendor: string
    readonly validate: (value: unknown) => SchemaResult | Promise<SchemaResult>
    /** Only for the compiler; not there at run time. */
    readonly types?: { readonly input: Input; readonly output: unknown } | undefined
  }
}

/** What a schema says of a value. */
export interface SchemaResult {
  /** `undefined` if the value fits. */
  readonly issues?: readonly SchemaIssue[] | undefined
}

/** One thing that a schema has against a value. */
export interface SchemaIssue {
  readonly message: string
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined
}

/** What may be handed to a schema, by its type. */
export type SchemaInput<Schema extends StandardSchema> = NonNullable<Schema['~standard']['types']>['input']

/** The fields that a schema declares: of a loose one, such as `z.looseObject`, without those that it merely lets pass. */
export type SchemaFields<Schema extends StandardSchema> = Declared<SchemaInput<Schema>>

type Declared<Input> = Input extends MetaShape
  ? Input
  : {
      readonly [Field in keyof Input as string extends Field ? never : Field]: Input[Field] &
        (number | undefined)
    }

/** A requirement on a schema that its declared fields are numbers. */
export type NumbersOnly<Schema extends StandardSchema> = {
  [Field in keyof SchemaInput<Schema> as string extends Field ? never : Field]: SchemaInput<Schema>[Field]
} extends MetaShape
  ? unknown
  : { readonly 'every metadata field must be a number': never }
