await monitor.success({
  meta: {
    duration_ms: Date.now() - startTime,
    records_processed: result.count,
  }
});
