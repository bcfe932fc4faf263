import { defineConfig } from 'tsup'

/** The page with everything that it needs: it works without a network. */
export default defineConfig({
  entry: ['src/app.tsx'],
  format: ['esm'],
  platform: 'browser',
  target: 'es2022',
  clean: true,
  minify: true,
  splitting: false,
  noExternal: [/.*/],
  esbuildOptions: (options) => {
    // From the source: the mock server is built after the page, because it ships the page.
    options.conditions = ['@crontify/source']
    options.jsx = 'automatic'
    options.jsxImportSource = 'preact'
    options.legalComments = 'none'
  },
})
