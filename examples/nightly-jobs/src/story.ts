import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Story } from './virtual-day.ts'

/** Lays out the files that the jobs work on. */
export async function layOut(directory: string): Promise<void> {
  await mkdir(join(directory, 'documents'), { recursive: true })
  await mkdir(join(directory, 'logs'), { recursive: true })
  await writeFile(join(directory, 'documents', 'ledger.txt'), 'account 1000: 120.00 EUR\n'.repeat(200))
  await writeFile(join(directory, 'documents', 'contract.txt'), 'The parties agree to back up their files.\n')
  await writeFile(join(directory, 'documents', 'minutes.txt'), 'Present: everybody. Absent: the backup.\n')
  await writeFile(join(directory, 'logs', 'access.log'), 'GET /\n')
  await writeFeed(directory, 25)
  await writeOrders(directory, 3)
}

/** What goes wrong in the course of the day, and how it is mended. */
export function troubles(directory: string): Story {
  const copy = join(directory, 'backup', 'ledger.txt')
  const lock = join(directory, 'index.json.lock')
  return {
    // An export breaks: the feed is there, and empty.
    '04:00': () => writeFeed(directory, 0),
    // Somebody unpacks an archive into the backup, and a directory stands where the copy belongs.
    '05:00': async () => {
      await rm(copy, { force: true })
      await mkdir(copy)
    },
    '08:00': () => writeFeed(directory, 26),
    '11:00': () => rm(copy, { recursive: true, force: true }),
    // A sale: 70 orders at 2 minutes each take longer than the 2 hours until the next run.
    '13:59': () => writeOrders(directory, 70),
    '15:59': () => writeOrders(directory, 3),
    // A process dies and leaves its lock behind; in the evening somebody removes it.
    '18:00': () => writeFile(lock, '4711'),
    '19:30': () => rm(lock, { force: true }),
    // A deployment forgets to start one of the tasks.
    '21:00': ({ stopped }) => void stopped.add('logRotation'),
    '23:00': ({ stopped }) => void stopped.delete('logRotation'),
  }
}

async function writeFeed(directory: string, count: number): Promise<void> {
  const users = Array.from({ length: count }, (_, index) => ({ id: `u${index}`, name: `User ${index}` }))
  await writeFile(join(directory, 'feed.json'), JSON.stringify(users))
}

async function writeOrders(directory: string, count: number): Promise<void> {
  const orders = Array.from({ length: count }, (_, index) => ({ id: `o${index}`, cents: 1_999 + index }))
  await writeFile(join(directory, 'orders.json'), JSON.stringify(orders))
}
