import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

interface Order {
  readonly id: string
  readonly cents: number
}

/** Waits for a span in milliseconds. */
export type Sleep = (ms: number) => Promise<void>

/** Time that the tax service takes for one invoice. */
const MS_PER_INVOICE = 2 * 60_000

/** Writes an invoice for each order of a list. The tax service answers slowly, so a long list takes long. */
export async function writeInvoices(
  ordersFile: string,
  outbox: string,
  sleep: Sleep,
): Promise<{ invoices_written: number; cents_invoiced: number }> {
  const orders = JSON.parse(await readFile(ordersFile, 'utf8')) as readonly Order[]
  await mkdir(outbox, { recursive: true })
  let cents = 0
  for (const order of orders) {
    await sleep(MS_PER_INVOICE)
    await writeFile(
      join(outbox, `${order.id}.txt`),
      `Invoice ${order.id}: ${(order.cents / 100).toFixed(2)} EUR\n`,
    )
    cents += order.cents
  }
  return { invoices_written: orders.length, cents_invoiced: cents }
}
