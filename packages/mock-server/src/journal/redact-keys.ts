/** Anything that looks like a key of the service, known here or not. */
const KEY = /ck_[a-z]{1,20}_[A-Za-z0-9]{4,256}/g
const INSTEAD = 'ck_…'

/** Takes API keys out of a text that will be shown or stored. */
export function redactKeys(text: string, keys: readonly string[]): string {
  return keys.reduce((rest, key) => rest.replaceAll(key, INSTEAD), text).replace(KEY, INSTEAD)
}
