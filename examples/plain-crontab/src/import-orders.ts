/**
 * A script for a crontab: takes the files of an inbox into one file of orders, and ends.
 *
 *     node dist/import-orders.js FOLDER
 */
import { appendFile, mkdir, readdir, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { CrontifyMonitor } from '@crontify/sdk'

/** Key and address come from the environment: CRONTIFY_API_KEY, and CRONTIFY_BASE_URL for a local Crontify. */
const monitor = new CrontifyMonitor({ monitorId: 'import-orders' })

/** @returns How many orders came in. A file that is no list of orders stays where it is, and ends the import. */
async function importOrders(folder: string): Promise<number> {
  const inbox = join(folder, 'inbox')
  const done = join(folder, 'done')
  await mkdir(inbox, { recursive: true })
  await mkdir(done, { recursive: true })
  let imported = 0
  for (const name of (await readdir(inbox)).sort()) {
    const orders: unknown = JSON.parse(await readFile(join(inbox, name), 'utf8'))
    if (!Array.isArray(orders)) throw new TypeError(`${name} is no list of orders`)
    await appendFile(
      join(folder, 'orders.jsonl'),
      orders.map((order) => `${JSON.stringify(order)}\n`).join(''),
    )
    await rename(join(inbox, name), join(done, name))
    imported += orders.length
  }
  console.log(`${imported} orders imported`)
  return imported
}

// An error is reported, and then ends the script with its stack and code 1, as without a monitor.
await monitor.wrap(() => importOrders(process.argv[2] ?? '.'), {
  meta: (imported) => ({ orders_imported: imported }),
})
