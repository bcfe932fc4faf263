/** Put in by the build, from package.json; not there when tests run on source. */
declare const CRONTIFY_SDK_VERSION: string | undefined

/** Version of this package. */
export const SDK_VERSION: string =
  typeof CRONTIFY_SDK_VERSION === 'string' ? CRONTIFY_SDK_VERSION : '0.0.0-source'
