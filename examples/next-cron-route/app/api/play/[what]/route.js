import { notFound, redirect } from 'next/navigation'
import { after } from 'next/server'
import { CrontifyMonitor } from '@crontify/sdk'
import { monitorHandler } from '@crontify/web'

export const dynamic = 'force-dynamic'

const monitor = new CrontifyMonitor({ monitorId: 'nightly-report' })

/** What can happen in a route handler. The pings are handed to `after`, so the response does not wait for them. */
export const GET = monitorHandler(
  monitor,
  async (_request, { params }) => {
    const { what } = await params
    if (what === 'redirect') redirect('/api/report')
    if (what === 'not-found') notFound()
    if (what === 'throw') throw new Error('disk is full')
    if (what === 'down') return new Response('the database is down', { status: 503 })
    return new Response(threePieces())
  },
  { waitUntil: after },
)

function threePieces() {
  let piece = 0
  return new ReadableStream({
    pull: async (controller) => {
      await new Promise((resolve) => setTimeout(resolve, 50))
      if (piece === 3) controller.close()
      else controller.enqueue(new TextEncoder().encode(`piece ${piece++}\n`))
    },
  })
}
