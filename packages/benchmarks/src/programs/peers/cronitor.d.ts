/** What we use of cronitor 2.6, whose own types leave the client's fields out. */
declare module 'cronitor' {
  interface Cronitor {
    readonly _api: { pingUrl: (key: string) => string }
    wrap(key: string, job: () => unknown): () => Promise<unknown>
  }
  export default function createCronitor(apiKey: string): Cronitor
}
