import { render } from 'preact'
import 'uplot/dist/uPlot.min.css'
import './app.css'
import { createControlApi, findToken } from './data/control-api.ts'
import { browserTabs } from './data/shared-feed.ts'
import { Shell } from './shell.tsx'
import { createStore } from './data/store.ts'

const place = document.getElementById('app') ?? document.body
const token = findToken(document, sessionStorage, location)
if (token === undefined) {
  render(
    <main class="empty">
      <h1>This link is not complete</h1>
      <p>
        This server is open to other machines, so the page needs the token: open the link that the server
        printed when it started.
      </p>
    </main>,
    place,
  )
} else {
  const store = createStore(createControlApi(token, fetch.bind(globalThis)), {
    location,
    replaceHash: (hash) => history.replaceState(null, '', hash),
    onHashChange: (listener) => window.addEventListener('hashchange', listener),
    now: () => Date.now(),
    tabs: browserTabs(),
    startAgain: () => location.reload(),
    every: (ms, callback) => void setInterval(callback, ms),
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  })
  place.replaceChildren()
  render(<Shell store={store} origin={location.origin} />, place)
}
