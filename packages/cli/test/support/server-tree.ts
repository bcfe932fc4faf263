import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Files of a server and of a repository, with 30 scheduled jobs and many things that only look like jobs. */
const FILES: Readonly<Record<string, string>> = {
  'server/etc/timezone': 'Europe/Berlin\n',
  // 4
  'server/etc/crontab': `# /etc/crontab: system-wide crontab
SHELL=/bin/sh
PATH=/usr/local/sbin:/usr/local/bin:/sbin:/bin:/usr/sbin:/usr/bin

# .---------------- minute (0 - 59)
# *  *  *  *  * user-name command to be executed
17 *\t* * *\troot\tcd / && run-parts --report /etc/cron.hourly
25 6\t* * *\troot\ttest -x /usr/sbin/anacron || { cd / && run-parts --report /etc/cron.daily; }
47 6\t* * 7\troot\ttest -x /usr/sbin/anacron || { cd / && run-parts --report /etc/cron.weekly; }
#52 6\t1 * *\troot\trun-parts /etc/cron.monthly
@reboot root /usr/local/bin/warm-cache
`,
  // 3
  'server/etc/cron.d/backup': `MAILTO=ops@example.com
CRON_TZ=America/New_York
0 2 * * * backup /usr/local/bin/backup.sh --all >> /var/log/backup.log 2>&1
30 3 * * sun root /usr/local/bin/crontify exec prune-backups -- /usr/local/bin/prune.sh
`,
  'server/etc/cron.d/php': `09,39 *     * * *     root   [ -x /usr/lib/php/sessionclean ] && /usr/lib/php/sessionclean\n`,
  'server/etc/cron.d/.placeholder': '# DO NOT EDIT\n0 0 * * * root /bin/false\n',
  'server/etc/cron.d/php.dpkg-old': '0 0 * * * root /bin/false\n',
  // 3
  'server/var/spool/cron/crontabs/app': `# m h dom mon dow command
*/5 * * * * cd /srv/app && /usr/bin/node dist/sync-users.js
15 4 1 * * node /srv/app/invoice.js%run
0 6 * * 1-5 curl -fsS -X POST -H "X-API-Key: $KEY" https://api.crontify.com/api/v1/ping/weekday-report/start; /srv/report
`,
  // 5, two of them in /usr/lib; others are disabled, masked or templates
  'server/etc/systemd/system/db-dump.timer': `[Unit]
Description=Dump
[Timer]
OnCalendar=*-*-* 01:30:00
RandomizedDelaySec=15min
Persistent=true
[Install]
WantedBy=timers.target
`,
  'server/etc/systemd/system/db-dump.service': `[Service]
Type=oneshot
ExecStart=/usr/local/bin/db-dump --all \\
  --compress
`,
  'server/etc/systemd/system/reindex.timer':
    '[Timer]\nOnCalendar=Mon..Fri 22:00 UTC\nUnit=search-reindex.service\n',
  'server/etc/systemd/system/search-reindex.service':
    '[Service]\nExecStart=-/usr/local/bin/crontify exec search-reindex -- /srv/reindex\n',
  'server/etc/systemd/system/heartbeat.timer': '[Timer]\nOnBootSec=1min\nOnUnitActiveSec=90s\n',
  'server/etc/systemd/system/heartbeat.service': '[Service]\nExecStart=/srv/heartbeat\n',
  'server/usr/lib/systemd/system/logrotate.timer': '[Timer]\nOnCalendar=daily\nAccuracySec=1h\n',
  'server/usr/lib/systemd/system/logrotate.service':
    '[Service]\nExecStart=/usr/sbin/logrotate /etc/logrotate.conf\n',
  'server/usr/lib/systemd/system/quarter.timer': '[Timer]\nOnCalendar=hourly\n',
  'server/etc/systemd/system/quarter.timer.d/often.conf': '[Timer]\nOnCalendar=\nOnCalendar=*:0/15\n',
  'server/usr/lib/systemd/system/quarter.service': '[Service]\nExecStart=/srv/quarter\n',
  'server/usr/lib/systemd/system/disabled.timer': '[Timer]\nOnCalendar=daily\n',
  'server/usr/lib/systemd/system/template@.timer': '[Timer]\nOnCalendar=daily\n',
  'server/usr/bin/crontab': '\u007fELF 0 0 * * * no crontab',
  // 6
  'repo/deploy/jobs.yaml': `apiVersion: v1
kind: ConfigMap
metadata: { name: settings }
data:
  note: "kind: CronJob"
---
apiVersion: batch/v1
kind: CronJob
metadata:
  name: nightly-report
  namespace: reports
spec:
  schedule: "0 5 * * *"
  timeZone: Europe/Paris
  jobTemplate:
    spec:
      template:
        spec:
          containers:
            - name: report
              image: example/report:1
              command: ["node", "report.js"]
---
apiVersion: batch/v1
kind: CronJob
metadata: { name: suspended }
spec: { schedule: "0 5 * * *", suspend: true }
---
apiVersion: batch/v1
kind: CronJob
metadata: { name: sync-stock }
spec:
  schedule: '@hourly'
  jobTemplate: { spec: { template: { spec: { containers: [{ name: a, image: example/stock, command: [crontify, exec, sync-stock, --, ./sync] }] } } } }
---
apiVersion: batch/v1
kind: Job
metadata: { name: migrate }
spec: {}
`,
  'repo/deploy/list.yml': `kind: List
apiVersion: v1
items:
  - { kind: CronJob, apiVersion: batch/v1, metadata: { name: cleanup }, spec: { schedule: "30 1 * * 0" } }
  - { kind: CronJob, apiVersion: batch/v1beta1, metadata: { name: rotate-keys }, spec: { schedule: "TZ=Asia/Tokyo 0 0 1 * *" } }
`,
  'repo/deploy/broken.yaml':
    'kind: CronJob\nmetadata: { name: x\nspec:\n  schedule: "0 0 * * *"\n---\napiVersion: batch/v1\nkind: CronJob\nmetadata: { name: after-broken }\nspec: { schedule: "0 0 * * *" }\n',
  'repo/deploy/every.yaml':
    'apiVersion: batch/v1\nkind: CronJob\nmetadata: { name: every-ten }\nspec: { schedule: "@every 10m" }\n',
  'repo/charts/values.yaml': 'schedule: "0 0 * * *"\njob:\n  cron: "0 1 * * *"\n',
  'repo/docker-compose.yml': 'services:\n  web: { image: nginx }\n',
  // 3
  'repo/.github/workflows/nightly.yml': `name: Nightly build
on:
  push:
  schedule:
    - cron: '0 3 * * *'
    - cron: '30 4 * * 1'
      timezone: 'Europe/Berlin'
jobs:
  build:
    runs-on: ubuntu-latest
    steps: [{ run: npm test }]
`,
  'repo/.github/workflows/stale.yaml': `on:
  schedule: [{ cron: '15 7 * * *' }]
jobs:
  stale:
    runs-on: ubuntu-latest
    steps:
      - run: npx --yes @crontify/cli ping close-stale start
      - uses: actions/stale@v9
`,
  'repo/.github/workflows/ci.yml': '# no schedule here\non: [push]\njobs: {}\n',
  'repo/.github/dependabot.yml':
    'version: 2\nupdates: [{ package-ecosystem: npm, directory: /, schedule: { interval: weekly } }]\n',
  // 3
  'repo/web/vercel.json': `{
  "framework": "nextjs",
  "crons": [
    { "path": "/api/cron/digest", "schedule": "0 9 * * *" },
    { "path": "/api/cron/expire?all=1", "schedule": "*/10 * * * *" },
    { "path": "/api/ping", "schedule": "0 0 * * 0" }
  ]
}
`,
  'repo/web/app/api/cron/expire/route.ts':
    "import { monitorHandler } from '@crontify/web'\nexport const GET = monitorHandler(monitor, handler)\n",
  'repo/web/app/api/cron/digest/route.ts': "import { render } from '../digest'\nexport const GET = handler\n",
  'repo/api/vercel.json': '{ "rewrites": [] }\n',
  'repo/old/vercel.json': '{\n  "crons": [\n    { "path": }\n  ]\n}\n',
  // 3
  'repo/worker/wrangler.toml': `name = "mailer"
main = "src/index.ts"
# crons = ["0 0 * * *"]
[triggers]
crons = ["*/30 * * * *", "0 17 * * 1"]

[env.staging]
triggers = { crons = ["0 1 * * 2-6"] }
`,
  'repo/worker/src/index.ts': 'export default { scheduled() {} }\n',
  'repo/edge/wrangler.toml': 'name = "edge"\nmain = "index.ts"\n',
  'repo/bad/wrangler.toml': 'name = "bad"\n[triggers\ncrons = ["0 0 * * *"]\n',
  'repo/node_modules/pkg/vercel.json': '{ "crons": [{ "path": "/x", "schedule": "0 0 * * *" }] }\n',
  'repo/docs/cron.md': '0 0 * * * root /bin/false\n',
}

/** Writes the tree below a folder. */
export function writeServerTree(folder: string): void {
  for (const [path, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  const wants = join(folder, 'server/etc/systemd/system/timers.target.wants')
  mkdirSync(wants)
  for (const name of ['db-dump', 'reindex', 'heartbeat', 'logrotate', 'quarter'])
    symlinkSync(`/lib/systemd/system/${name}.timer`, join(wants, `${name}.timer`))
}
