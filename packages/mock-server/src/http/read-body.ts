/** Largest body that is read, in bytes. A fail ping at all its limits stays below it. [I] */
export const MAX_BODY_BYTES = 65_536

/** The body as text; `undefined` where it is larger than so many bytes, and then it is not read on. */
export async function readBody(
  request: Request,
  maxBytes: number = MAX_BODY_BYTES,
): Promise<string | undefined> {
  const announced = Number(request.headers.get('content-length') ?? NaN)
  if (announced > maxBytes) return undefined
  // With a length announced, HTTP itself ends the body there.
  if (announced >= 0) return request.text()
  return readUnannounced(request, maxBytes)
}

async function readUnannounced(request: Request, maxBytes: number): Promise<string | undefined> {
  if (request.body === null) return ''
  const decoder = new TextDecoder()
  const reader = request.body.getReader() as ReadableStreamDefaultReader<Uint8Array>
  let bytes = 0
  let text = ''
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    bytes += part.value.byteLength
    if (bytes > maxBytes) {
      await reader.cancel()
      return undefined
    }
    text += decoder.decode(part.value, { stream: true })
  }
  return text + decoder.decode()
}
