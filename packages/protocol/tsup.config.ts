import { defineConfig } from 'tsup'
import shared from '../../.config/tsup.config.js'

/**
 * The words, and the schemas apart from them: whoever reads no definitions does not load zod. Two builds, because with one
 * the types of both entries lie in a file between them, which the sdk does not find when it takes our types in.
 */
export default defineConfig(
  ['src/index.ts', 'src/schemas.ts'].map((entry) => ({ ...shared, entry: [entry], clean: false })),
)
