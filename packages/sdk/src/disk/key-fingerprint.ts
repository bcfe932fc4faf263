import { nodeModule } from '../node-module.ts'

/** Enough of a key's SHA-256 to tell one's own keys apart, far too little to find the key from: 8 hex digits. */
export function keyFingerprint(apiKey: string): string {
  return nodeModule('node:crypto').createHash('sha256').update(apiKey).digest('hex').slice(0, 8)
}
