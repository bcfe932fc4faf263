import Bree from 'bree'

const bree = new Bree({
  root: import.meta.dirname,
  jobs: [{ name: 'bree-job', cron: '0 2 * * *' }],
  logger: false,
})
const done = new Promise((resolve) => bree.once('worker deleted', resolve))
await bree.run('bree-job')

await done
await bree.stop()
