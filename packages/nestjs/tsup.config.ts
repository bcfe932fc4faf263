import { defineConfig } from 'tsup'

export default defineConfig({
  entry: ['src/index.ts', 'src/bullmq.ts'],
  format: ['esm', 'cjs'],
  dts: { compilerOptions: { stripInternal: true } },
  target: 'node20',
  clean: true,
  // A few small functions of it; users install nothing more for that.
  noExternal: ['@crontify/protocol'],
})
