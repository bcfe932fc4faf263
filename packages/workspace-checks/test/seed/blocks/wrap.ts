import { CrontifyMonitor } from '@crontify/sdk';

const monitor = new CrontifyMonitor({
  apiKey: process.env.CRONTIFY_API_KEY!,
  monitorId: 'your-monitor-id',
});

// wrap() automatically sends start + success/fail pings
await monitor.wrap(async () => {
  await runYourJob();
});
